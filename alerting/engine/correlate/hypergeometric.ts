/** ln(n!) by n. Grows as it is asked; summed with Kahan's correction, so that its error does not. */
const lnFactorials: number[] = [0];
let carried = 0;

function lnFactorial(n: number): number {
  for (let i = lnFactorials.length; i <= n; i++) {
    const next = Math.log(i) - carried;
    const before = lnFactorials[i - 1] as number;
    const sum = before + next;
    carried = sum - before - next;
    lnFactorials.push(sum);
  }
  return lnFactorials[n] as number;
}

const lnChoose = (n: number, k: number): number => lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);

/**
 * Natural logarithm of the chance that `drawn` things, taken at random out of `total` of which `marked` bear a mark, are
 * `hits` marked ones or more: the upper tail of the hypergeometric distribution, exactly. Whole numbers, `marked` and
 * `drawn` at most `total`. A logarithm, because what fails together is soon less likely than a number can say.
 */
export function lnUpperTail(hits: number, drawn: number, marked: number, total: number): number {
  const least = Math.max(0, drawn + marked - total);
  const most = Math.min(drawn, marked);
  if (hits <= least) return 0;
  if (hits > most) return Number.NEGATIVE_INFINITY;
  const first = lnChoose(marked, hits) + lnChoose(total - marked, drawn - hits) - lnChoose(total, drawn);
  let term = 1;
  let sum = 1;
  for (let i = hits; i < most; i++) {
    term *= ((marked - i) * (drawn - i)) / ((i + 1) * (total - marked - drawn + i + 1));
    sum += term;
    // Only ever smaller from here on.
    if (term < sum * Number.EPSILON && i > (marked * drawn) / total) break;
  }
  return Math.min(0, first + Math.log(sum));
}

import { ui } from '../words/index.ts';

/** The shape of a page that is on its way. */
export function Skeleton() {
  return (
    <div class="page skeleton" data-testid="loading" role="status" aria-label={ui.value.loading}>
      <i class="bone title" />
      <i class="bone line" />
      <div class="bones">
        <i class="bone card" />
        <i class="bone card" />
      </div>
    </div>
  );
}

const SHADOWS = 120;

/** The shape of a wall that is on its way. */
export function WallSkeleton() {
  return (
    <div class="wall-skeleton" data-testid="loading" role="status" aria-label={ui.value.loading}>
      {Array.from({ length: SHADOWS }, (_, i) => (
        <i key={i} class="bone" />
      ))}
    </div>
  );
}

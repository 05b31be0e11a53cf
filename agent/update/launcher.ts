import { filesOf, type Installation, readSignedRelease } from './installation.ts';
import { chooseVersion, forgetVersion, readLaunchState, writeLaunchState } from './launch-state.ts';
import { hashFile, ownPlatform, readRelease } from './release-file.ts';

/**
 * The program of the version that is to run, or undefined for the package's own. Counts the start of a version under
 * trial. Versions lie in a folder that the agent's own account may write, so each is proven anew at every start: whoever
 * once got hold of that account cannot stay by leaving a program there.
 * @throws when the folder cannot be written.
 */
export function chooseProgram(installation: Installation): string | undefined {
  const { folder, packaged } = installation;
  const before = readLaunchState(folder);
  for (let state = before; ; ) {
    const choice = chooseVersion(state, packaged);
    const { version } = choice;
    const isGood = version === undefined || isSigned(installation, version);
    state = isGood ? choice.state : forgetVersion(choice.state, version);
    if (!isGood) continue;
    if (JSON.stringify(state) !== JSON.stringify(before)) writeLaunchState(folder, state);
    return version === undefined ? undefined : filesOf(folder, version).program;
  }
}

/** Whether the executable of a version is the one that was signed. */
function isSigned({ folder, publicKey }: Installation, version: string): boolean {
  const files = filesOf(folder, version);
  const signed = readSignedRelease(files.release);
  if (!signed) return false;
  const release = readRelease(signed, { publicKey, platform: ownPlatform() });
  if ('fault' in release || release.version !== version) return false;
  try {
    return hashFile(files.program) === release.sha256;
  } catch {
    return false;
  }
}

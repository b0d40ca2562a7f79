const held = globalThis as { motCuaDraining?: boolean };

/** From now on this process is not ready: it finishes what it has and stops. Bundled copies of this module agree. */
export function beginDraining(): void {
  held.motCuaDraining = true;
}

export const isDraining = (): boolean => held.motCuaDraining === true;

/** What a lock file says of one package. */
export interface LockedPackage {
  version?: string;
  dev?: boolean;
  license?: string;
}

export type Locked = Record<string, LockedPackage>;

/**
 * What became of the packages between two lock files, a line each in the order of their names: `+ name version (licence)`,
 * `- name version`, `name old → new`. What only developers need is said to be so. Keys are paths as npm writes them.
 */
export function lockChanges(before: Locked, after: Locked): string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => path !== '').sort();
  return paths.flatMap((path) => {
    const [old, now] = [before[path], after[path]];
    if (old?.version === now?.version) return [];
    const name = path.replace(/^node_modules\//, '').replaceAll('/node_modules/', ' › ');
    const forWhom = (now ?? old)!.dev ? ', for developers' : '';
    if (!old) return [`+ ${name} ${now!.version} (${now!.license ?? 'no licence named'}${forWhom})`];
    if (!now) return [`- ${name} ${old.version}`];
    return [`  ${name} ${old.version} → ${now.version}${forWhom && ' (for developers)'}`];
  });
}

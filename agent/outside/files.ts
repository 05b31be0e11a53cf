export interface FileStats {
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970. */
  mtimeMs: number;
  /** Tells a file from another that took its name. */
  ino: number;
  isFile: boolean;
}

/** Files and folders a check may look at. Each call rejects with the system's error: `ENOENT`, `EACCES`, … */
export interface FilesOutside {
  readText(path: string): Promise<string>;
  /** At most `bytes` from the byte at `from` on; fewer, or none, where the file ends before. */
  readPart(path: string, from: number, bytes: number): Promise<Uint8Array>;
  /** Follows a symbolic link. */
  stat(path: string): Promise<FileStats>;
  listDir(path: string): Promise<string[]>;
  isDirectory(path: string): Promise<boolean>;
}

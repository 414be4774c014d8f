const UNITS = ["B", "KB", "MB", "GB"] as const;

/** A size as people read it: 850 B, 12.3 KB, 4.2 MB. */
export const formatFileSize = (bytes: number): string => {
  let size = Math.max(0, bytes);
  let unit = 0;
  while (size >= 1_024 && unit < UNITS.length - 1) {
    size /= 1_024;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`;
};

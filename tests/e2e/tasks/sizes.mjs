export const NARROW = { width: 360, height: 740 };
export const WIDE = { width: 1200, height: 800 };

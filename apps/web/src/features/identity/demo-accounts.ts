/** What the demo organisation can be entered with; the page shows them in demo mode only. */
export const DEMO_PASSWORD = "maru-demo-passphrase";
export const DEMO_ACCOUNTS = [
  { username: "admin", label: "demoAdmin" },
  { username: "hong", label: "demoHong" },
  { username: "kim", label: "demoKim" },
  { username: "namgung", label: "demoNamgung" },
] as const;

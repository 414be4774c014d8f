/** Ends the session for good: next-auth deletes the cookie, the server the session's row, and with it every open stream. */
export const signOutEverywhere = async () => {
  const { signOut } = await import("next-auth/react");
  await signOut({ redirect: false });
  // A whole new page: nothing that the person has read stays in the memory of this tab.
  window.location.assign("/sign-in?signed-out");
};

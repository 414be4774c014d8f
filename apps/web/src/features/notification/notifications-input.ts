/** What the list page asks for; the server reads the first page under the same words. */
export const notificationsInput = (unreadOnly: boolean) => ({ limit: 30, unreadOnly });

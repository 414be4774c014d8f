import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { viewer } from "../trpc/server";
import { chooseLocale, LOCALE_COOKIE } from "./locale";
import { messagesOf } from "./messages";

/** Which language a request is answered in. There is no language in the address: a link means the same page for everybody. */
export default getRequestConfig(async () => {
  const [account, cookieStore, headerStore] = await Promise.all([
    // A database that is away must not take the words of the error page with it.
    viewer().catch(() => null),
    cookies(),
    headers(),
  ]);
  const locale = chooseLocale({
    account: account?.locale,
    cookie: cookieStore.get(LOCALE_COOKIE)?.value,
    header: headerStore.get("accept-language"),
  });
  return { locale, messages: await messagesOf(locale), timeZone: account?.timeZone ?? "Asia/Seoul" };
});

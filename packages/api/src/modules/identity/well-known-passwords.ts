/**
 * What people who guess passwords try first, in lower case: words that stand in passwords everywhere, Korean words as they come out of a
 * keyboard in Latin mode, and the words of this product. A password that is made of little else is refused.
 */
export const WELL_KNOWN: readonly string[] = [
  ...["password", "passw0rd", "p@ssw0rd", "p@ssword", "passphrase", "passwort", "passcode", "secret", "changeme", "change", "letmein"],
  ...["welcome", "admin", "administrator", "root", "user", "guest", "test", "tester", "demo", "default", "master", "manager", "login"],
  ...["qwerty", "qwer", "asdf", "zxcv", "abc123", "iloveyou", "love", "princess", "dragon", "monkey", "football", "baseball", "soccer"],
  ...["sunshine", "shadow", "superman", "batman", "pokemon", "starwars", "michael", "jennifer", "charlie", "jordan", "hunter", "ranger"],
  ...["trustno1", "whatever", "computer", "internet", "samsung", "google", "naver", "kakao", "daum", "microsoft", "windows", "office"],
  ...["freedom", "flower", "cheese", "chocolate", "summer", "winter", "spring", "autumn", "monday", "friday", "january", "december"],
  ...["company", "korea", "seoul", "busan", "daehan", "hello", "world", "system", "server", "database", "security", "network", "maru"],
  ...[
    "비밀번호",
    "패스워드",
    "암호",
    "안녕하세요",
    "대한민국",
    "사랑해",
    "사랑해요",
    "관리자",
    "회사",
    "마루",
    "서울",
    "한국",
    "부산",
    "테스트",
  ],
  ...["dkssudgktpdy", "dkssud", "tkfkdgo", "tkfkdgody", "qlalfqjsgh", "votmdnjem", "rhksflwk", "eogksalsrnr", "gksrnr", "tjdnf", "akfn"],
];

/** The most common passwords of seven characters. The list of our package starts at eight. */
const COMMON_PASSWORDS = new Set(
  `1234567 7654321 0123456 1111111 2222222 5555555 6666666 7777777 8888888 9999999 0000000 1212121 1231234 1234321
  123456a 12345qw 1q2w3e4 123abcd abc1234 abcd123 a123456 aa12345 abcdefg asdfghj zxcvbnm qwertyu qwerty1 qwer123
  test123 pass123 passwor admin12 root123 user123 guest12 login12 welcome changem letmein secret1 default hello12
  iloveyo loveyou iloveu1 lovely1 sunshin princes monkey1 dragon1 master1 shadow1 killer1 superma batman1 pokemon
  charlie michael jessica matthew anthony william andrew1 jordan1 jordan2 hunter1 ginger1 soccer1 hockey1 arsenal
  chelsea liverpo mustang ferrari porsche mercury phoenix diamond thunder freedom forever cowboys gateway samsung
  windows chicken cookie1 banana1 summer1 winter1 flower1 rainbow butterf nothing whateve asshole fuckyou bitches
  krishna ganesha mumbai1 bangalo india12 hannah1 nicole1 ashley1 maggie1 pepper1`.split(/\s+/),
);

export function isCommonSevenCharacterPassword(password: string): boolean {
  return COMMON_PASSWORDS.has(password.toLowerCase());
}

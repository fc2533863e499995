#include "base/hash.h"

#include <gmock/gmock.h>

#include "base/hmac_sha1.h"

namespace trunkline {
namespace {

constexpr std::string_view kCheck = "123456789";  // the usual text for check values

TEST(Hash, DigestsAreThoseOfTheStandards) {
  EXPECT_EQ(ToHex(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(ToHex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(ToHex(Sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(ToHex(Md5("abc")), "900150983cd24fb0d6963f7d28e17f72");
}

TEST(Hash, HmacSha1IsThatOfRfc2202) {
  EXPECT_EQ(ToHex(HmacSha1("Jefe", "what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(ToHex(HmacSha1("", "")), "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
}

TEST(Hash, HmacIsThatOfRfc4231) {
  EXPECT_EQ(ToHex(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(ToHex(HmacSha256({}, {})),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hash, ChecksumsHaveTheirCheckValues) {
  EXPECT_EQ(Crc32(kCheck), 0xCBF43926U);
  EXPECT_EQ(Crc32c(kCheck), 0xE3069283U);
  EXPECT_EQ(Crc64Nvme(kCheck), 0xAE8B14860A799888U);
}

TEST(Hash, AChecksumOfPiecesIsThatOfTheWhole) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += static_cast<char>(i * 7);

  for (const std::size_t cut : {0U, 1U, 7U, 8U, 500U, 1000U}) {
    const std::string_view head = std::string_view(text).substr(0, cut);
    const std::string_view tail = std::string_view(text).substr(cut);
    EXPECT_EQ(Crc32(tail, Crc32(head)), Crc32(text));
    EXPECT_EQ(Crc32c(tail, Crc32c(head)), Crc32c(text));
    EXPECT_EQ(Crc64Nvme(tail, Crc64Nvme(head)), Crc64Nvme(text));
  }
  EXPECT_EQ(Crc32({}, Crc32(text)), Crc32(text));
}

TEST(Hash, ADigestOfPiecesIsThatOfTheWhole) {
  Digest digest(Digest::Kind::kSha256);

  digest.Add("12345");
  digest.Add("");
  digest.Add("6789");

  EXPECT_EQ(digest.Finish(), Sha256(kCheck));
}

TEST(Hash, HexGoesBothWays) {
  EXPECT_EQ(ToHex(std::string_view("\x00\x7f\xff", 3)), "007fff");
  EXPECT_EQ(FromHex("007fFF"), std::string("\x00\x7f\xff", 3));
  EXPECT_EQ(FromHex("0"), std::nullopt);
  EXPECT_EQ(FromHex("0g"), std::nullopt);
}

struct Encoded {
  std::string bytes;
  std::string text;
};

class Base64 : public testing::TestWithParam<Encoded> {};

TEST_P(Base64, GoesBothWays) {
  EXPECT_EQ(ToBase64(GetParam().bytes), GetParam().text);
  EXPECT_EQ(FromBase64(GetParam().text), GetParam().bytes);
}

INSTANTIATE_TEST_SUITE_P(Rfc4648, Base64,
                         testing::Values(Encoded{"", ""}, Encoded{"f", "Zg=="},
                                         Encoded{"fo", "Zm8="}, Encoded{"foo", "Zm9v"},
                                         Encoded{"foob", "Zm9vYg=="}, Encoded{"fooba", "Zm9vYmE="},
                                         Encoded{"foobar", "Zm9vYmFy"},
                                         Encoded{"\xFB\xEF\xFF", "++//"}));

TEST(Hash, Base64IsStrictAboutPaddingAndIgnoresWhiteSpace) {
  EXPECT_EQ(FromBase64("Zm9v\nYg==\n"), "foob");
  EXPECT_EQ(FromBase64("Zg"), std::nullopt);
  EXPECT_EQ(FromBase64("Zg="), std::nullopt);
  EXPECT_EQ(FromBase64("Z==="), std::nullopt);
  EXPECT_EQ(FromBase64("Zg==Zg=="), std::nullopt);
  EXPECT_EQ(FromBase64("Zm9v===="), std::nullopt);
  EXPECT_EQ(FromBase64("Z*9v"), std::nullopt);
  EXPECT_EQ(ToBase64Url("\xFB\xEF\xFE\x01"), "--_-AQ");
}

TEST(Hash, ConstantTimeComparisonComparesAllBytes) {
  EXPECT_TRUE(EqualsConstantTime("secret", "secret"));
  EXPECT_FALSE(EqualsConstantTime("secret", "secreT"));
  EXPECT_FALSE(EqualsConstantTime("secret", "secrets"));
  EXPECT_TRUE(EqualsConstantTime({}, ""));
}

}  // namespace
}  // namespace trunkline

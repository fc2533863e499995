#include "functions/router_signature.h"

#include <gmock/gmock.h>

namespace trunkline::functions::router {
namespace {

// GitHub's own test values.
const std::vector<std::string> kSecrets = {"It's a Secret to Everybody"};
constexpr std::string_view kBody = "Hello, World!";
constexpr std::string_view kSignature =
    "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

TEST(RouterSignature, IsGithubs) {
  EXPECT_EQ(SignatureOf(kSecrets.front(), kBody), kSignature);
  EXPECT_TRUE(IsSigned(kSignature, kBody, kSecrets));
}

TEST(RouterSignature, OfAnotherBodyOrSecretIsRefused) {
  const std::vector<std::string> others = {"another"};

  EXPECT_FALSE(IsSigned(kSignature, "Hello, World?", kSecrets));
  EXPECT_FALSE(IsSigned(kSignature, kBody, others));
}

TEST(RouterSignature, IsWholeAndInLowerCase) {
  const std::string whole(kSignature);

  EXPECT_FALSE(IsSigned("", kBody, kSecrets));
  EXPECT_FALSE(IsSigned(whole.substr(7), kBody, kSecrets));
  EXPECT_FALSE(IsSigned(whole.substr(0, 70), kBody, kSecrets));
  EXPECT_FALSE(IsSigned(whole + "," + whole, kBody, kSecrets));
  EXPECT_FALSE(IsSigned("SHA256" + whole.substr(6), kBody, kSecrets));
}

TEST(RouterSignature, MayBeOfTheSecretBefore) {
  const std::vector<std::string> both = {"new", kSecrets.front()};

  EXPECT_TRUE(IsSigned(kSignature, kBody, both));
}

TEST(RouterSignature, OfAnEmptySecretIsNone) {
  const std::vector<std::string> empty = {""};

  EXPECT_FALSE(IsSigned(SignatureOf("", kBody), kBody, empty));
  EXPECT_FALSE(IsSigned(SignatureOf("", kBody), kBody, {}));
}

}  // namespace
}  // namespace trunkline::functions::router

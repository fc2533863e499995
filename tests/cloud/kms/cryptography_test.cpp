#include "base/hash.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class KmsCryptography : public CloudTest {
 protected:
  std::string Key(json::Object settings = {}) {
    return std::string(
        Do("kms", "CreateKey", settings).GetObject("KeyMetadata").GetString("KeyId"));
  }
  std::string Encrypt(std::string_view key, std::string_view text, json::Object context = {}) {
    return std::string(
        Do("kms", "Encrypt",
           {{"KeyId", key}, {"Plaintext", text}, {"EncryptionContext", std::move(context)}})
            .GetString("CiphertextBlob"));
  }
};

TEST_F(KmsCryptography, ACiphertextNamesItsKeyAndSurvivesARestart) {
  const std::string key = Key();
  const std::string cipher = Encrypt(key, "secret", {{"for", "test"}});
  Restart();

  const json::Object plain =
      Do("kms", "Decrypt",
         {{"CiphertextBlob", cipher}, {"EncryptionContext", json::Object{{"for", "test"}}}});
  EXPECT_EQ(plain.GetString("Plaintext"), "secret");
  EXPECT_THAT(std::string(plain.GetString("KeyId")), HasSubstr(key));
}

TEST_F(KmsCryptography, AnotherContextOrChangedBytesDoNotOpenIt) {
  const std::string cipher = Encrypt(Key(), "secret", {{"for", "test"}});
  std::string changed = cipher;
  changed.back() = static_cast<char>(changed.back() ^ 1);

  EXPECT_THAT(Ask("kms", "Decrypt", {{"CiphertextBlob", cipher}}),
              Fails(400, "InvalidCiphertextException", HasSubstr("")));
  EXPECT_THAT(
      Ask("kms", "Decrypt",
          {{"CiphertextBlob", changed}, {"EncryptionContext", json::Object{{"for", "test"}}}}),
      Fails(400, "InvalidCiphertextException", HasSubstr("")));
}

TEST_F(KmsCryptography, AnotherKeyIsTheWrongOne) {
  const std::string cipher = Encrypt(Key(), "secret");

  EXPECT_THAT(Ask("kms", "Decrypt", {{"CiphertextBlob", cipher}, {"KeyId", Key()}}),
              Fails(400, "IncorrectKeyException", HasSubstr("does not identify")));
}

TEST_F(KmsCryptography, ADisabledKeyDoesNothing) {
  const std::string key = Key();
  const std::string cipher = Encrypt(key, "secret");
  Do("kms", "DisableKey", {{"KeyId", key}});

  EXPECT_THAT(Ask("kms", "Decrypt", {{"CiphertextBlob", cipher}}),
              Fails(400, "DisabledException", HasSubstr("is disabled.")));
  Do("kms", "EnableKey", {{"KeyId", key}});
  EXPECT_TRUE(Ask("kms", "Decrypt", {{"CiphertextBlob", cipher}}).ok());
}

TEST_F(KmsCryptography, ReEncryptMovesToAnotherKey) {
  const std::string second = Key();
  const std::string cipher = Encrypt(Key(), "secret");
  const json::Object moved =
      Do("kms", "ReEncrypt", {{"CiphertextBlob", cipher}, {"DestinationKeyId", second}});

  const json::Object plain = Do(
      "kms", "Decrypt", {{"CiphertextBlob", moved.GetString("CiphertextBlob")}, {"KeyId", second}});
  EXPECT_EQ(plain.GetString("Plaintext"), "secret");
}

TEST_F(KmsCryptography, ADataKeyComesInTheClearAndWrapped) {
  const json::Object made =
      Do("kms", "GenerateDataKey", {{"KeyId", Key()}, {"KeySpec", "AES_256"}});

  EXPECT_THAT(made.GetString("Plaintext"), SizeIs(32));
  EXPECT_EQ(Do("kms", "Decrypt", {{"CiphertextBlob", made.GetString("CiphertextBlob")}})
                .GetString("Plaintext"),
            made.GetString("Plaintext"));
  EXPECT_THAT(Ask("kms", "GenerateDataKey", {{"KeyId", Key()}}),
              Fails(400, "ValidationException", HasSubstr("number of bytes or key spec")));
}

TEST_F(KmsCryptography, APairsPrivateKeyIsWrapped) {
  const json::Object pair =
      Do("kms", "GenerateDataKeyPair", {{"KeyId", Key()}, {"KeyPairSpec", "ECC_NIST_P256"}});

  EXPECT_EQ(Do("kms", "Decrypt", {{"CiphertextBlob", pair.GetString("PrivateKeyCiphertextBlob")}})
                .GetString("Plaintext"),
            pair.GetString("PrivateKeyPlaintext"));
}

TEST_F(KmsCryptography, AnRsaKeyEncryptsOrSigns) {
  const std::string key = Key({{"KeySpec", "RSA_2048"}, {"KeyUsage", "ENCRYPT_DECRYPT"}});
  const json::Object cipher =
      Do("kms", "Encrypt",
         {{"KeyId", key}, {"Plaintext", "secret"}, {"EncryptionAlgorithm", "RSAES_OAEP_SHA_256"}});

  EXPECT_EQ(Do("kms", "Decrypt",
               {{"KeyId", key},
                {"CiphertextBlob", cipher.GetString("CiphertextBlob")},
                {"EncryptionAlgorithm", "RSAES_OAEP_SHA_256"}})
                .GetString("Plaintext"),
            "secret");
  EXPECT_THAT(Ask("kms", "Sign",
                  {{"KeyId", key}, {"Message", "m"}, {"SigningAlgorithm", "RSASSA_PSS_SHA_256"}}),
              Fails(400, "InvalidKeyUsageException", HasSubstr("is not valid for Sign.")));
}

class KmsSigning : public KmsCryptography,
                   public ::testing::WithParamInterface<std::pair<const char*, const char*>> {};

INSTANTIATE_TEST_SUITE_P(Specs, KmsSigning,
                         ::testing::Values(std::pair("RSA_2048", "RSASSA_PSS_SHA_384"),
                                           std::pair("RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256"),
                                           std::pair("ECC_NIST_P384", "ECDSA_SHA_384"),
                                           std::pair("ECC_SECG_P256K1", "ECDSA_SHA_256"),
                                           std::pair("ECC_NIST_EDWARDS25519", "ED25519_SHA_512")));

TEST_P(KmsSigning, VerifiesWhatItSignedAndNothingElse) {
  const auto& [spec, algorithm] = GetParam();
  const std::string key = Key({{"KeySpec", spec}, {"KeyUsage", "SIGN_VERIFY"}});
  json::Object input{{"KeyId", key}, {"Message", "message"}, {"SigningAlgorithm", algorithm}};
  input.Set("Signature", Do("kms", "Sign", input).GetString("Signature"));

  EXPECT_TRUE(Do("kms", "Verify", input).GetBool("SignatureValid"));
  input.Set("Message", "another");
  EXPECT_THAT(Ask("kms", "Verify", input),
              Fails(400, "KMSInvalidSignatureException", HasSubstr("")));
}

TEST_F(KmsCryptography, ADigestIsSignedLikeItsMessage) {
  const std::string key = Key({{"KeySpec", "ECC_NIST_P256"}, {"KeyUsage", "SIGN_VERIFY"}});
  const json::Object made = Do("kms", "Sign",
                               {{"KeyId", key},
                                {"Message", Sha256("message")},
                                {"MessageType", "DIGEST"},
                                {"SigningAlgorithm", "ECDSA_SHA_256"}});

  EXPECT_TRUE(Ask("kms", "Verify",
                  {{"KeyId", key},
                   {"Message", "message"},
                   {"Signature", made.GetString("Signature")},
                   {"SigningAlgorithm", "ECDSA_SHA_256"}})
                  .ok());
  EXPECT_THAT(Ask("kms", "Sign",
                  {{"KeyId", key},
                   {"Message", "short"},
                   {"MessageType", "DIGEST"},
                   {"SigningAlgorithm", "ECDSA_SHA_256"}}),
              Fails(400, "ValidationException", HasSubstr("Digest is invalid length")));
}

TEST_F(KmsCryptography, AMacIsVerified) {
  const std::string key = Key({{"KeySpec", "HMAC_256"}, {"KeyUsage", "GENERATE_VERIFY_MAC"}});
  json::Object input{{"KeyId", key}, {"Message", "m"}, {"MacAlgorithm", "HMAC_SHA_256"}};
  input.Set("Mac", Do("kms", "GenerateMac", input).GetString("Mac"));

  EXPECT_TRUE(Do("kms", "VerifyMac", input).GetBool("MacValid"));
  input.Set("Message", "n");
  EXPECT_THAT(Ask("kms", "VerifyMac", input), Fails(400, "KMSInvalidMacException", HasSubstr("")));
}

TEST_F(KmsCryptography, UnsupportedSpecsSaySo) {
  EXPECT_THAT(Ask("kms", "CreateKey", {{"KeySpec", "ML_DSA_44"}, {"KeyUsage", "SIGN_VERIFY"}}),
              Fails(400, "UnsupportedOperationException", HasSubstr("ML_DSA_44")));
}

}  // namespace
}  // namespace trunkline::cloud::tests

// Login profiles, SSH keys, credentials of single services, MFA devices, the password policy.
#include "cloud/services/iam/user_things.h"

#include "cloud/services/iam/one_time_code.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class UserThings : public CloudTest {
 protected:
  UserThings() { Do("iam", "CreateUser", {{"UserName", "ann"}}); }

  json::Object Device(const std::string& name) {
    return Do("iam", "CreateVirtualMFADevice", {{"VirtualMFADeviceName", name}})
        .GetObject("VirtualMFADevice");
  }
  std::string Code(const json::Object& device, std::int64_t steps_ahead) {
    constexpr std::int64_t kStep = 30;
    const std::int64_t seconds =
        std::chrono::duration_cast<std::chrono::seconds>(clock().Now().time_since_epoch()).count();
    return iam::OneTimeCode(Seed(device),
                            static_cast<std::uint64_t>(seconds / kStep + steps_ahead));
  }
  std::string Seed(const json::Object& device) {
    const Record* kept =
        store().Find({account(), ""}, iam::kMfaDevice, device.GetString("SerialNumber"));
    return std::string(kept->body.GetString("Seed"));
  }
};

TEST_F(UserThings, ALoginProfileComesOnceAndGoes) {
  const json::Object made =
      Do("iam", "CreateLoginProfile", {{"UserName", "ann"}, {"Password", "Correct-horse-1"}})
          .GetObject("LoginProfile");
  EXPECT_EQ(made.GetBool("PasswordResetRequired"), false);
  EXPECT_FALSE(made.Has("Password"));
  EXPECT_THAT(Ask("iam", "CreateLoginProfile", {{"UserName", "ann"}, {"Password", "Other-word-2"}}),
              Fails(409, "EntityAlreadyExists", "Login Profile for user ann already exists."));

  Restart();
  Do("iam", "UpdateLoginProfile", {{"UserName", "ann"}, {"PasswordResetRequired", true}});

  EXPECT_EQ(Do("iam", "GetLoginProfile", {{"UserName", "ann"}})
                .GetObject("LoginProfile")
                .GetBool("PasswordResetRequired"),
            true);
  Do("iam", "DeleteLoginProfile", {{"UserName", "ann"}});
  EXPECT_THAT(Ask("iam", "GetLoginProfile", {{"UserName", "ann"}}),
              Fails(404, "NoSuchEntity", "Login Profile for User ann cannot be found."));
}

TEST_F(UserThings, KeepTheirUserFromBeingDeleted) {
  Do("iam", "CreateLoginProfile", {{"UserName", "ann"}, {"Password", "Correct-horse-1"}});

  EXPECT_THAT(Ask("iam", "DeleteUser", {{"UserName", "ann"}}),
              Fails(409, "DeleteConflict", HasSubstr("must delete login profile first")));

  Do("iam", "DeleteLoginProfile", {{"UserName", "ann"}});
  EXPECT_THAT(Ask("iam", "DeleteUser", {{"UserName", "ann"}}), Succeeds());
}

TEST_F(UserThings, FollowTheUsersNewName) {
  Do("iam", "CreateServiceSpecificCredential",
     {{"UserName", "ann"}, {"ServiceName", "codecommit.amazonaws.com"}});

  Do("iam", "UpdateUser", {{"UserName", "ann"}, {"NewUserName", "eve"}});

  EXPECT_THAT(Do("iam", "ListServiceSpecificCredentials", {{"UserName", "eve"}})
                  .GetArray("ServiceSpecificCredentials"),
              SizeIs(1));
}

TEST_F(UserThings, ACredentialOfAServiceShowsItsPasswordWhenMadeAndReset) {
  const json::Object made = Do("iam", "CreateServiceSpecificCredential",
                               {{"UserName", "ann"}, {"ServiceName", "codecommit.amazonaws.com"}})
                                .GetObject("ServiceSpecificCredential");
  const std::string id(made.GetString("ServiceSpecificCredentialId"));
  EXPECT_EQ(made.GetString("ServiceUserName"), "ann-at-111122223333");

  const json::Object listed = Do("iam", "ListServiceSpecificCredentials", {{"UserName", "ann"}})
                                  .GetArray("ServiceSpecificCredentials")
                                  .at(0)
                                  .AsObject();
  EXPECT_FALSE(listed.Has("ServicePassword"));

  const json::Object reset = Do("iam", "ResetServiceSpecificCredential",
                                {{"UserName", "ann"}, {"ServiceSpecificCredentialId", id}})
                                 .GetObject("ServiceSpecificCredential");
  EXPECT_NE(reset.GetString("ServicePassword"), made.GetString("ServicePassword"));
}

TEST_F(UserThings, AnMfaDeviceIsEnabledByTwoCodesInARow) {
  const json::Object device = Device("phone");
  const json::Object asked{{"UserName", "ann"},
                           {"SerialNumber", device.GetString("SerialNumber")},
                           {"AuthenticationCode1", Code(device, 0)},
                           {"AuthenticationCode2", Code(device, 1)}};
  json::Object wrong = asked;
  wrong.Set("AuthenticationCode2", Code(device, 2));
  EXPECT_THAT(Ask("iam", "EnableMFADevice", wrong),
              Fails(403, "InvalidAuthenticationCode", HasSubstr("")));

  Do("iam", "EnableMFADevice", asked);
  Restart();

  EXPECT_THAT(Do("iam", "ListMFADevices", {{"UserName", "ann"}}).GetArray("MFADevices"), SizeIs(1));
  EXPECT_THAT(
      Ask("iam", "DeleteVirtualMFADevice", {{"SerialNumber", device.GetString("SerialNumber")}}),
      Fails(409, "DeleteConflict", HasSubstr("")));
}

TEST_F(UserThings, TheCodesAreThoseOfTheStandard) {
  // RFC 6238, appendix B, cut to six digits: 59 seconds.
  EXPECT_EQ(iam::OneTimeCode("12345678901234567890", 1), "287082");
}

TEST_F(UserThings, ThePasswordPolicyIsKeptAsAWhole) {
  EXPECT_THAT(Ask("iam", "GetAccountPasswordPolicy"), Fails(404, "NoSuchEntity", HasSubstr("")));
  Do("iam", "UpdateAccountPasswordPolicy",
     {{"MinimumPasswordLength", 12}, {"RequireSymbols", true}});
  EXPECT_THAT(Ask("iam", "CreateLoginProfile", {{"UserName", "ann"}, {"Password", "short"}}),
              Fails(400, "PasswordPolicyViolation", HasSubstr("")));

  Do("iam", "UpdateAccountPasswordPolicy", {{"RequireNumbers", true}});

  const json::Object policy = Do("iam", "GetAccountPasswordPolicy").GetObject("PasswordPolicy");
  EXPECT_EQ(policy.GetInt("MinimumPasswordLength"), 6);
  EXPECT_EQ(policy.GetBool("RequireSymbols"), false);
}

class OpenIdProviders : public CloudTest {};

TEST_F(OpenIdProviders, AreMadeChangedAndDeleted) {
  const std::string arn(Do("iam", "CreateOpenIDConnectProvider",
                           {{"Url", "https://id.example.com/pool"},
                            {"ClientIDList", json::Array{"app"}},
                            {"ThumbprintList", json::Array{std::string(40, 'a')}}})
                            .GetString("OpenIDConnectProviderArn"));
  EXPECT_EQ(arn, "arn:aws:iam::111122223333:oidc-provider/id.example.com/pool");
  Do("iam", "AddClientIDToOpenIDConnectProvider",
     {{"OpenIDConnectProviderArn", arn}, {"ClientID", "other"}});
  Do("iam", "TagOpenIDConnectProvider",
     {{"OpenIDConnectProviderArn", arn},
      {"Tags", json::Array{json::Object{{"Key", "k"}, {"Value", "v"}}}}});

  Restart();

  const json::Object found =
      Do("iam", "GetOpenIDConnectProvider", {{"OpenIDConnectProviderArn", arn}});
  EXPECT_THAT(found.GetArray("ClientIDList"), SizeIs(2));
  EXPECT_THAT(found.GetArray("Tags"), SizeIs(1));
  EXPECT_EQ(found.GetString("Url"), "id.example.com/pool");
  Do("iam", "DeleteOpenIDConnectProvider", {{"OpenIDConnectProviderArn", arn}});
  EXPECT_THAT(Ask("iam", "GetOpenIDConnectProvider", {{"OpenIDConnectProviderArn", arn}}),
              Fails(404, "NoSuchEntity", HasSubstr("OpenIDConnect Provider not found")));
}

}  // namespace
}  // namespace trunkline::cloud::tests

// Login profiles: that a user may sign in to the console, which is not here. The password is
// checked by the account's policy and not kept.
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/password_policy.h"
#include "cloud/services/iam/user_things.h"

namespace trunkline::cloud::iam {
namespace {

json::Object Show(const Record& user, const Record& profile) {
  return {{"UserName", user.id},
          {"CreateDate", profile.body.At("CreateDate")},
          {"PasswordResetRequired", profile.body.At("PasswordResetRequired")}};
}

Answer<Record> FindProfile(Context& context, const Record& user) {
  const Record* found = context.store.Find(context.AccountScope(), kLoginProfile, UserIdOf(user));
  if (found) return *found;
  return NoSuchEntity(fmt::format("Login Profile for User {} cannot be found.", user.id));
}

Answer<> CreateLoginProfile(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  if (FindProfile(context, user))
    return AlreadyExists(fmt::format("Login Profile for user {} already exists.", user.id));
  TL_DO(CheckPassword(context, input.GetString("Password")));
  const Record profile{.id = UserIdOf(user),
                       .parent = UserIdOf(user),
                       .name = {},
                       .body = {{"CreateDate", json::Number{EpochSeconds(context.Now())}},
                                {"PasswordResetRequired", input.GetBool("PasswordResetRequired")}}};
  context.store.Put(context.AccountScope(), kLoginProfile, profile);
  return json::Object{{"LoginProfile", Show(user, profile)}};
}

Answer<> GetLoginProfile(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  TL_TRY(const Record profile, FindProfile(context, user));
  return json::Object{{"LoginProfile", Show(user, profile)}};
}

Answer<> UpdateLoginProfile(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  TL_TRY(Record profile, FindProfile(context, user));
  if (input.Has("Password")) TL_DO(CheckPassword(context, input.GetString("Password")));
  if (const json::Value* reset = input.Find("PasswordResetRequired"))
    profile.body.Set("PasswordResetRequired", *reset);
  context.store.Put(context.AccountScope(), kLoginProfile, std::move(profile));
  return json::Object();
}

Answer<> DeleteLoginProfile(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  TL_TRY(const Record profile, FindProfile(context, user));
  context.store.Delete(context.AccountScope(), kLoginProfile, profile.id);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateLoginProfile", .handle = CreateLoginProfile},
    {.name = "DeleteLoginProfile", .handle = DeleteLoginProfile},
    {.name = "GetLoginProfile", .handle = GetLoginProfile},
    {.name = "UpdateLoginProfile", .handle = UpdateLoginProfile},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kLoginProfileOperations = kOperations;

}  // namespace trunkline::cloud::iam

// Users: create, read, rename, delete.
#include "cloud/services/iam/users.h"

#include "base/text.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/user_things.h"

namespace trunkline::cloud::iam {

json::Object ToListedUser(const Record& user) {
  return {{"Path", user.body.At("Path")},
          {"UserName", user.id},
          {"UserId", user.body.At("UserId")},
          {"Arn", user.body.At("Arn")},
          {"CreateDate", user.body.At("CreateDate")}};
}

json::Object ToUser(const Record& user) {
  json::Object answer = ToListedUser(user);
  SetBoundaryAndTags(answer, user);
  return answer;
}

Answer<Record> NamedOrCallingUser(Context& context, const json::Object& input) {
  if (input.Has("UserName")) return FindHolder(context, kUserHolder, input);
  const std::string& arn = context.caller.arn;
  if (arn.find(":user/") == std::string::npos) {
    return ServiceError("ValidationError",
                        "Must specify userName when calling with non-User credentials");
  }
  return FindHolder(context, kUserHolder, {{"UserName", arn.substr(arn.rfind('/') + 1)}});
}

namespace {

constexpr std::size_t kMaxUsers = 5000;
// An account is as old as AWS's documentation of its root user; a fixed date keeps answers the
// same.
constexpr std::int64_t kAccountCreated = 1577836800;  // 2020-01-01

Answer<> CreateUser(Context& context, const json::Object& input) {
  const std::string name(input.GetString("UserName"));
  TL_DO(CheckNewName(context, kUserHolder, name));
  if (context.store.List(context.AccountScope(), kUser).size() >= kMaxUsers) {
    return LimitExceeded("Cannot exceed quota for UsersPerAccount: 5000");
  }
  TL_TRY(const std::string path, ChoosePath(input));
  TL_DO(CheckTags(input.GetArray("Tags")));
  json::Object body{{"Path", path},
                    {"UserName", name},
                    {"UserId", NewUniqueId(context, "AIDA")},
                    {"Arn", IamArn(context, "user" + path + name)},
                    {"CreateDate", json::Number{EpochSeconds(context.Now())}},
                    {"AttachedPolicies", json::Array()},
                    {"Groups", json::Array()},
                    {"Tags", input.GetArray("Tags")}};
  if (const json::Value* boundary = input.Find("PermissionsBoundary")) {
    TL_DO(CheckBoundary(context, boundary->AsString()));
    body.Set("PermissionsBoundary", *boundary);
  }
  const Record user{.id = name, .parent = {}, .name = ToLower(name), .body = std::move(body)};
  context.store.Put(context.AccountScope(), kUser, user);
  return json::Object{{"User", ToUser(user)}};
}

Answer<> GetUser(Context& context, const json::Object& input) {
  if (!input.Has("UserName") && context.caller.arn.ends_with(":root")) {
    return json::Object{{"User", json::Object{{"Path", "/"},
                                              {"UserName", "root"},
                                              {"UserId", context.caller.account},
                                              {"Arn", IamArn(context, "root")},
                                              {"CreateDate", kAccountCreated}}}};
  }
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  return json::Object{{"User", ToUser(user)}};
}

Answer<> ListUsers(Context& context, const json::Object& input) {
  const ByPath found = ListByPath(context, kUser, input);
  TL_TRY(const Page page, TakePage(input, "ListUsers " + found.prefix, found.names));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    shown.push_back(ToListedUser(*found.records[i]));
  }
  json::Object answer{{"Users", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

// A new name or path is a new ARN; the id, the policies, groups and keys stay.
Answer<> UpdateUser(Context& context, const json::Object& input) {
  TL_TRY(const Record old, FindHolder(context, kUserHolder, input));
  const std::string name(input.GetString("NewUserName", old.id));
  if (ToLower(name) != old.name) TL_DO(CheckNewName(context, kUserHolder, name));
  TL_TRY(const std::string path,
         ChoosePath({{"Path", input.GetString("NewPath", old.body.GetString("Path"))}}));
  Record user{.id = name, .parent = {}, .name = ToLower(name), .body = old.body};
  user.body.Set("UserName", name);
  user.body.Set("Path", path);
  user.body.Set("Arn", IamArn(context, "user" + path + name));
  context.store.Delete(context.AccountScope(), kUser, old.id);
  context.store.Put(context.AccountScope(), kUser, user);
  if (name != old.id) RenameInlinePolicies(context, kUserHolder, old.id, name);
  MoveKeys(context, old.id, user);
  return json::Object();
}

Answer<> DeleteUser(Context& context, const json::Object& input) {
  TL_TRY(const Record user, FindHolder(context, kUserHolder, input));
  if (!user.body.GetArray("Groups").empty()) {
    return DeleteConflict("Cannot delete entity, must remove users from group first.");
  }
  TL_DO(CheckHasNoPolicies(context, kUserHolder, user));
  if (!KeysOf(context, user.id).empty()) {
    return DeleteConflict("Cannot delete entity, must delete access keys first.");
  }
  TL_DO(CheckHasNoThings(context, user));
  context.store.Delete(context.AccountScope(), kUser, user.id);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateUser", .handle = CreateUser}, {.name = "DeleteUser", .handle = DeleteUser},
    {.name = "GetUser", .handle = GetUser},       {.name = "ListUsers", .handle = ListUsers},
    {.name = "UpdateUser", .handle = UpdateUser},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kUserOperations = kOperations;

}  // namespace trunkline::cloud::iam

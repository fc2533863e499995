// Source credentials: one for each kind of server, kept for sources that ask for them.
#include "base/text.h"
#include "cloud/services/codebuild/families.h"
#include "cloud/services/codebuild/records.h"

namespace trunkline::cloud::codebuild {
namespace {

Answer<> ImportSourceCredentials(Context& context, const json::Object& input) {
  const std::string_view server = input.GetString("serverType");
  const std::string_view auth = input.GetString("authType");
  if (auth == "BASIC_AUTH" && (server != "BITBUCKET" || input.GetString("username").empty()))
    return InvalidInput("Auth type BASIC_AUTH is for BITBUCKET, and needs a username");
  const std::string arn = Arn(context, "token", ToLower(server));
  if (!input.GetBool("shouldOverwrite", true) &&
      context.store.Find(context.RegionScope(), kCredential, arn)) {
    return ServiceError("ResourceAlreadyExistsException",
                        "Source credentials already exist: " + arn);
  }
  json::Object info{{"arn", arn}, {"serverType", server}, {"authType", auth}};
  // Of these the token is no secret but the ARN of one, or of a connection.
  if (auth == "CODECONNECTIONS" || auth == "SECRETS_MANAGER")
    info.Set("resource", input.GetString("token"));
  json::Object body{{"info", std::move(info)},
                    {"token", input.GetString("token")},
                    {"username", input.GetString("username")}};
  context.store.Put(context.RegionScope(), kCredential,
                    {.id = arn, .parent = {}, .name = arn, .body = std::move(body)});
  return json::Object{{"arn", arn}};
}

Answer<> ListSourceCredentials(Context& context, const json::Object& /*input*/) {
  json::Array infos;
  for (const Record* record : context.store.List(context.RegionScope(), kCredential))
    infos.push_back(record->body.At("info"));
  return json::Object{{"sourceCredentialsInfos", std::move(infos)}};
}

Answer<> DeleteSourceCredentials(Context& context, const json::Object& input) {
  const std::string arn(input.GetString("arn"));
  if (!context.store.Delete(context.RegionScope(), kCredential, arn))
    return NotFound("Source credentials do not exist: " + arn);
  return json::Object{{"arn", arn}};
}

constexpr Operation kOperations[] = {
    {.name = "DeleteSourceCredentials", .handle = DeleteSourceCredentials},
    {.name = "ImportSourceCredentials", .handle = ImportSourceCredentials},
    {.name = "ListSourceCredentials", .handle = ListSourceCredentials},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kCredentialOperations = kOperations;

}  // namespace trunkline::cloud::codebuild

#include "cloud/services/ecr/repository.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/policy_document.h"

namespace trunkline::cloud::ecr {
namespace {

ServiceError NotFound(std::string_view name, std::string_view registry) {
  return {"RepositoryNotFoundException",
          fmt::format("The repository with name '{}' does not exist in the registry with id '{}'",
                      name, registry)};
}

bool LetsIn(const Record& repository, std::string_view account) {
  const auto principals = AwsPrincipals(repository.body.GetString("Policy"));
  return std::ranges::any_of(principals, [&](const std::string& principal) {
    return principal == "*" || principal.find(account) != std::string::npos;
  });
}

Answer<Repository> Find(Context& context, Scope scope, std::string_view name) {
  const Record* record = context.store.Find(scope, kRepository, name);
  const bool mine = scope.account == context.caller.account;
  if (!record || (!mine && !LetsIn(*record, context.caller.account)))
    return NotFound(name, scope.account);
  return Repository{.scope = std::move(scope), .record = *record};
}

}  // namespace

ServiceError Invalid(std::string_view text) {
  return {"InvalidParameterException", fmt::format("Invalid parameter at '{}'", text)};
}

std::string Repository::Arn() const {
  return MakeArn(scope, "ecr", "repository/" + record.id);
}

Answer<Repository> FindRepository(Context& context, const json::Object& input) {
  Scope scope{.account = std::string(input.GetString("registryId", context.caller.account)),
              .region = std::string(context.region)};
  return Find(context, std::move(scope), input.GetString("repositoryName"));
}

Answer<Repository> FindByArn(Context& context, std::string_view text) {
  const auto arn = ParseArn(text);
  constexpr std::string_view kPrefix = "repository/";
  if (!arn || arn->service != "ecr" || !arn->resource.starts_with(kPrefix))
    return Invalid("resourceArn' failed to satisfy constraint: 'Invalid ARN");
  Scope scope{.account = arn->account, .region = arn->region};
  return Find(context, std::move(scope), arn->resource.substr(kPrefix.size()));
}

void Save(Context& context, Repository repository) {
  context.store.Put(repository.scope, kRepository, std::move(repository.record));
}

json::Object ToAnswer(const Repository& repository) {
  return {{"registryId", repository.scope.account}, {"repositoryName", repository.Name()}};
}

std::string IdOf(const Repository& repository, std::string_view digest) {
  return fmt::format("{}@{}", repository.Name(), digest);
}

json::Number Seconds(const Context& context) {
  return {EpochSeconds(context.Now())};
}

bool HasTag(const Record& image, std::string_view tag) {
  const json::Array& tags = image.body.GetArray("imageTags");
  return std::ranges::any_of(tags, [&](const json::Value& one) { return one.AsString() == tag; });
}

const Record* FindImage(Context& context, const Repository& repository,
                        const json::Object& identifier) {
  const std::string_view digest = identifier.GetString("imageDigest");
  const std::string_view tag = identifier.GetString("imageTag");
  if (!digest.empty()) {
    const Record* image = context.store.Find(repository.scope, kImage, IdOf(repository, digest));
    return image && (tag.empty() || HasTag(*image, tag)) ? image : nullptr;
  }
  if (tag.empty()) return nullptr;
  for (const Record* image : context.store.List(repository.scope, kImage, repository.Name())) {
    if (HasTag(*image, tag)) return image;
  }
  return nullptr;
}

}  // namespace trunkline::cloud::ecr

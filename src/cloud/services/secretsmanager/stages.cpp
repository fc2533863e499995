// UpdateVersionStage: moving labels between versions.
#include <fmt/format.h>

#include "cloud/services/secretsmanager/families.h"
#include "cloud/services/secretsmanager/secret.h"

namespace trunkline::cloud::secretsmanager {
namespace {

Answer<void> CheckMove(Context& context, const Secret& secret, const json::Object& input) {
  const std::string_view stage = input.GetString("VersionStage");
  const std::string_view from = input.GetString("RemoveFromVersionId");
  const std::string_view to = input.GetString("MoveToVersionId");
  for (const std::string_view id : {from, to}) {
    if (!id.empty() && !FindVersion(context, secret, id)) {
      return ServiceError("ResourceNotFoundException",
                          fmt::format("Secrets Manager can't find the specified secret value for "
                                      "VersionId: {}",
                                      id));
    }
  }
  const auto holder = FindStage(context, secret, stage);
  const std::string held(holder ? holder->body.GetString("VersionId") : "");
  if (from.empty() && holder && held != to) {
    return ServiceError("InvalidParameterException",
                        fmt::format("The parameter RemoveFromVersionId can't be empty. Staging "
                                    "label {} is currently attached to version {}, so you must "
                                    "explicitly reference that version in RemoveFromVersionId.",
                                    stage, held));
  }
  if (!from.empty() && held != from) {
    return ServiceError(
        "InvalidParameterException",
        fmt::format("The staging label {} is not attached to version {}.", stage, from));
  }
  if (stage == kCurrent && to.empty()) {
    return ServiceError("InvalidParameterException",
                        "You can't remove the staging label AWSCURRENT without moving it to "
                        "another version.");
  }
  return {};
}

Answer<> UpdateSecretVersionStage(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindWritableSecret(context, input));
  TL_DO(CheckMove(context, secret, input));
  MoveStage(context, secret, input.GetString("VersionStage"), input.GetString("MoveToVersionId"));
  secret.record.body.Set("LastChangedDate", Seconds(context));
  Save(context, secret);
  TL_DO(UpdateReplicas(context, secret));
  return ToAnswer(secret);
}

constexpr Operation kOperations[] = {
    {.name = "UpdateSecretVersionStage", .handle = UpdateSecretVersionStage},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kStageOperations = kOperations;

}  // namespace trunkline::cloud::secretsmanager

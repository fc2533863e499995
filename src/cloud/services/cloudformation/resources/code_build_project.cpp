// AWS::CodeBuild::Project.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The webhook of a project is a thing of its own in the API.
net::aw<Answer<void>> ChangeWebhook(WaitContext context, ResourceOrder order);

constexpr auto kProperties = Properties<
    "Artifacts* AutoRetryLimit BadgeEnabled~ Cache ConcurrentBuildLimit Description "
    "EncryptionKey Environment* LogsConfig Name^ QueuedTimeoutInMinutes ServiceRole* "
    "Source* SourceVersion Tags TimeoutInMinutes Triggers~ VpcConfig SecondarySources "
    "SecondaryArtifacts SecondarySourceVersions FileSystemLocations BuildBatchConfig">();

constexpr auto kAttributes = Words<"Arn Id">();

constexpr Name kNames[] = {
    {"Name", "names"},
    {"BuildSpec", "buildspec"},
};

constexpr Name kValues[] = {
    {"Id", "name"},
};

constexpr Fallback kFallbacks[] = {
    {"TimeoutInMinutes", R"(60)"},
    {"QueuedTimeoutInMinutes", R"(480)"},
    {"Cache", R"({"type": "NO_CACHE"})"},
};

constexpr Mapping kMapping{
    .type = "AWS::CodeBuild::Project",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "codebuild",
    .create = "CreateProject",
    .describe = "BatchGetProjects",
    .described = "projects",
    .update = "UpdateProject",
    .remove = "DeleteProject",
    .id = "Name",
    .keys = "Name",
    .values = kValues,
    .names = kNames,
    .fallbacks = kFallbacks,
    .naming = {.property = "Name", .limit = 255},
    .after = ChangeWebhook,
    .after_properties = "Triggers BadgeEnabled",
};

bool HasWebhook(const json::Object& properties) {
  const json::Value* webhook = properties.GetObject("Triggers").Find("Webhook");
  return webhook && (*webhook == json::Value(true) || *webhook == json::Value("true"));
}

net::aw<Answer<void>> ChangeWebhook(WaitContext context, ResourceOrder order) {
  const bool wanted = HasWebhook(order.properties);
  const bool before = HasWebhook(order.previous);
  const json::Object triggers = order.properties.GetObject("Triggers");
  if (!wanted && !before) co_return Answer<void>();
  if (wanted && before && triggers == order.previous.GetObject("Triggers"))
    co_return Answer<void>();
  const std::string operation = !wanted  ? "DeleteWebhook"
                                : before ? "UpdateWebhook"
                                         : "CreateWebhook";
  json::Object properties = wanted ? triggers : json::Object();
  properties.Remove("Webhook");
  properties.Set("projectName", order.physical_id);
  const InputParts parts{.properties = &properties};
  TL_CO_TRY(json::Object input, MakeInput(context, kMapping, order, operation, parts));
  Answer<> done = co_await context.Call("codebuild", operation, std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

}  // namespace

constinit const ResourceType kCodeBuildProjectType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation

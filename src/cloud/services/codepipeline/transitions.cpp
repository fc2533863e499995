// DisableStageTransition and EnableStageTransition.
#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/progress.h"

namespace trunkline::cloud::codepipeline {
namespace {

// A stage's outbound transition is the next one's inbound; the last stage has none.
Answer<std::string> StageBehind(const json::Object& declaration, const json::Object& input) {
  const std::string_view name = input.GetString("stageName");
  bool next = false;
  for (const json::Value& stage : declaration.GetArray("stages")) {
    const std::string_view here = stage.AsObject().GetString("name");
    if (next || (here == name && input.GetString("transitionType") == "Inbound"))
      return std::string(here);
    next = here == name;
  }
  if (next) return ValidationError(fmt::format("Stage '{}' has no outbound transition", name));
  return StageNotFound(input.GetString("pipelineName"), name);
}

Answer<> SetTransition(Context& context, const json::Object& input, bool enabled) {
  const std::string name(input.GetString("pipelineName"));
  TL_DO(Change(context, name, [&](Progress& progress) -> Answer<void> {
    TL_TRY(const std::string stage, StageBehind(progress.declaration(), input));
    json::Object transition{{"enabled", enabled},
                            {"lastChangedBy", context.caller.arn},
                            {"lastChangedAt", Timestamp(context.Now())}};
    if (!enabled) transition.Set("disabledReason", input.GetString("reason"));
    progress.View(stage).Set("Transition", std::move(transition));
    return {};
  }));
  return json::Object();
}

Answer<> DisableStageTransition(Context& context, const json::Object& input) {
  return SetTransition(context, input, false);
}

Answer<> EnableStageTransition(Context& context, const json::Object& input) {
  return SetTransition(context, input, true);
}

constexpr Operation kOperations[] = {
    {.name = "DisableStageTransition", .handle = DisableStageTransition},
    {.name = "EnableStageTransition", .handle = EnableStageTransition},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTransitionOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline

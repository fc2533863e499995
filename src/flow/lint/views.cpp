// Rules about views, the pages of step-by-step guides.
#include <fmt/format.h>

#include "flow/lint/rules.h"

namespace trunkline::flow::lint {
namespace {

// "arn:aws:connect:<region>:aws:view/form:1": the last colon stands behind the id.
bool HasQualifier(std::string_view arn) {
  return arn.find(':', arn.rfind('/') + 1) != std::string_view::npos;
}

}  // namespace

// What the view offers as branches is in the view, which no flow file has.
void ViewIncomplete(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (!action->Is("ShowView")) continue;
    if (!action->parameters.Has("ViewData")) {
      context.Report(fmt::format("action '{}' shows a view without 'ViewData'", action->id),
                     action->offset, "the service wants it also when it is empty: {}");
    }
    const json::Object& view = action->parameters.GetObject("ViewResource");
    const json::Value* id = view.Find("Id");
    if (id == nullptr || !id->IsString() || !id->AsString().starts_with("arn:")) continue;
    if (const json::Value* version = view.Find("Version")) {
      context.Report(
          fmt::format("action '{}' names the version of its view beside the ARN", action->id),
          version->offset(), "the version is the end of the ARN: '...:1'");
    } else if (!HasQualifier(id->AsString())) {
      context.Report(
          fmt::format("action '{}' does not say which version of its view it shows", action->id),
          id->offset(), "end the ARN with ':<version>', or ':$LATEST'");
    }
  }
}

}  // namespace trunkline::flow::lint

#include "cloud/services/connect/reference_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/foreign_arns.h"
#include "cloud/services/connect/module_parts.h"
#include "cloud/services/connect/resources.h"
#include "flow/symbols.h"

namespace trunkline::cloud::connect {
namespace {

using flow::ReferenceStyle;

// A function may be associated as a whole while a flow names one of its aliases.
bool IsAssociated(Context& context, const Record& instance, std::string_view text) {
  const auto wanted = ParseFunctionArn(text);
  if (!wanted) return false;
  const auto same = [&](const Record* function) {
    const auto arn = ParseFunctionArn(function->name);
    return arn && arn->region == wanted->region && arn->account == wanted->account &&
           arn->name == wanted->name &&
           (arn->qualifier.empty() || arn->qualifier == wanted->qualifier);
  };
  return std::ranges::any_of(
      context.store.List(context.RegionScope(), kLambdaFunction, instance.id), same);
}

Answer<void> CheckModule(Context& context, const Record& instance, std::string_view text) {
  const QualifiedId name = SplitQualifier(text);
  TL_TRY(const Record* module, FindResource(context, instance, kModule, name.id));
  TL_DO(FindModuleContent(context, *module, name.qualifier));
  return {};
}

Answer<void> CheckFlow(Context& context, const Record& instance, std::string_view text) {
  TL_DO(FindResource(context, instance, kFlow, SplitQualifier(text).id));
  return {};
}

Answer<void> CheckOwn(Context& context, const Record& instance, const ResourceKind& kind,
                      std::string_view text) {
  TL_DO(FindResource(context, instance, kind, text));
  return {};
}

// Agents are named by id, ARN or user name.
Answer<void> CheckUser(Context& context, const Record& instance, std::string_view text) {
  if (context.store.FindByName(context.RegionScope(), kUser.kind, instance.id, text) != nullptr)
    return {};
  return CheckOwn(context, instance, kUser, text);
}

Answer<void> CheckOutside(Context& context, const Record& instance, flow::ResourceKind kind,
                          std::string_view text) {
  const Scope scope = context.RegionScope();
  if (kind == flow::ResourceKind::kLambda && !IsAssociated(context, instance, text)) {
    return InvalidRequest(fmt::format("function '{}' is not associated with the instance", text));
  }
  if (kind == flow::ResourceKind::kBot &&
      context.store.FindByName(scope, kBot, instance.id, text) == nullptr) {
    return InvalidRequest(fmt::format("bot alias '{}' is not associated with the instance", text));
  }
  if (kind == flow::ResourceKind::kNumber &&
      context.store.FindByName(scope, kPhoneNumber, instance.id, text) == nullptr) {
    return InvalidRequest(fmt::format("phone number '{}' is not claimed for the instance", text));
  }
  return {};  // views, templates and what else other services keep: nothing here knows them
}

Answer<void> CheckOne(Context& context, const Record& instance, flow::ResourceKind kind,
                      std::string_view text) {
  switch (kind) {
    case flow::ResourceKind::kQueue:
      return CheckOwn(context, instance, kQueue, text);
    case flow::ResourceKind::kPrompt:
      return CheckOwn(context, instance, kPrompt, text);
    case flow::ResourceKind::kHours:
      return CheckOwn(context, instance, kHours, text);
    case flow::ResourceKind::kFlow:
      return CheckFlow(context, instance, text);
    case flow::ResourceKind::kModule:
      return CheckModule(context, instance, text);
    case flow::ResourceKind::kUser:
      return CheckUser(context, instance, text);
    default:
      return CheckOutside(context, instance, kind, text);
  }
}

std::size_t IndexOf(const flow::Document& document, std::string_view action) {
  const auto found = std::ranges::find(document.actions, action, &flow::Action::id);
  return static_cast<std::size_t>(found - document.actions.begin());
}

}  // namespace

std::vector<std::string> CheckReferences(Context& context, const Record& instance,
                                         const flow::Document& document) {
  std::vector<std::string> problems;
  for (const flow::Reference& reference : flow::References(document)) {
    if (!reference.in_position || reference.in_metadata ||
        reference.style == ReferenceStyle::kAttribute) {
      continue;
    }
    const auto checked = CheckOne(context, instance, reference.kind, reference.text);
    if (checked) continue;
    problems.push_back(fmt::format("Invalid Action property value. Path: Actions[{}].{}: {}",
                                   IndexOf(document, reference.action), reference.path,
                                   checked.error().message));
  }
  return problems;
}

}  // namespace trunkline::cloud::connect

#include "cloud/services/cloudformation/stacks/outputs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cloud/services/cloudformation/template/function.h"

namespace trunkline::cloud::cloudformation {
namespace {

Answer<std::string> OutputText(const Scope& scope, const std::string& key,
                               const json::Value& value) {
  TL_TRY(const Maybe made, Evaluate(scope, value));
  if (const auto text = made ? ScalarText(*made) : std::nullopt) return *text;
  return ValidationError(fmt::format(
      "Template format error: Output {} is malformed. The Value field of every Outputs member "
      "must evaluate to a String.",
      key));
}

Answer<json::Array> EvaluateOutputs(const Run& run) {
  const Scope& scope = run.target.scope;
  json::Array outputs;
  for (const json::Member& member : run.target.document->Section("Outputs")) {
    const json::Object& body = member.value.AsObject();
    if (!Holds(scope, body.GetString("Condition"))) continue;
    TL_TRY(const std::string value, OutputText(scope, member.key, body.At("Value")));
    json::Object output{{"OutputKey", member.key}, {"OutputValue", value}};
    output.SetIfNotEmpty("Description", body.GetString("Description"));
    if (const json::Value* name = body.GetObject("Export").Find("Name")) {
      TL_TRY(const std::string text, EvaluateText(scope, *name, "Export"));
      output.Set("ExportName", text);
    }
    outputs.emplace_back(std::move(output));
  }
  return outputs;
}

std::vector<std::string> Importers(Context& context, std::string_view name) {
  std::vector<std::string> names;
  for (const Record* record : context.store.List(context.RegionScope(), kImport, name))
    names.push_back(record->name);
  return names;
}

std::vector<Record> ExportsOf(Context& context, const std::string& stack_id) {
  std::vector<Record> made;
  for (const Record* record : context.store.List(context.RegionScope(), kExport)) {
    if (record->body.GetString("ExportingStackId") == stack_id) made.push_back(*record);
  }
  return made;
}

// "A", "A and B", "A, B and C".
std::string Enumerated(std::vector<std::string> names) {
  if (names.size() < 2) return names.empty() ? std::string() : names.front();
  const std::string last = names.back();
  names.pop_back();
  return fmt::format("{} and {}", fmt::join(names, ", "), last);
}

Answer<void> CheckFree(Context& context, const Record& record, std::string_view verb) {
  std::vector<std::string> users = Importers(context, record.name);
  if (users.empty()) return {};
  return ValidationError(fmt::format("Cannot {} export {} as it is in use by {}.", verb,
                                     record.name, Enumerated(std::move(users))));
}

Answer<void> PutExport(Context& context, const StackIdentity& stack, const json::Object& output) {
  const std::string name(output.GetString("ExportName"));
  const Record* before = context.store.Find(context.RegionScope(), kExport, name);
  if (before && before->body.GetString("ExportingStackId") != stack.id) {
    const Record* owner = context.store.Find(context.RegionScope(), kStack,
                                             before->body.GetString("ExportingStackId"));
    return ValidationError(fmt::format("Export with name {} is already exported by stack {}. ",
                                       name, owner ? owner->name : ""));
  }
  if (before && before->body.At("Value") == output.At("OutputValue")) return {};
  if (before) TL_DO(CheckFree(context, *before, "update"));
  json::Object body{
      {"ExportingStackId", stack.id}, {"Name", name}, {"Value", output.At("OutputValue")}};
  context.store.Put(context.RegionScope(), kExport,
                    {.id = name, .parent = {}, .name = name, .body = std::move(body)});
  return {};
}

Answer<void> SetExports(Context& context, const StackIdentity& stack, const json::Array& outputs) {
  std::set<std::string, std::less<>> names;
  for (const json::Value& item : outputs) {
    const std::string_view name = item.AsObject().GetString("ExportName");
    if (name.empty()) continue;
    if (!names.emplace(name).second)
      return ValidationError(fmt::format("Duplicate Export names [{}]", name));
    TL_DO(PutExport(context, stack, item.AsObject()));
  }
  for (const Record& record : ExportsOf(context, stack.id)) {
    if (names.contains(record.name)) continue;
    TL_DO(CheckFree(context, record, "delete"));
    context.store.Delete(context.RegionScope(), kExport, record.id);
  }
  return {};
}

// What the target imports: found by evaluating it with ears open.
std::set<std::string> ImportsOf(const Run& run) {
  std::set<std::string> names;
  Scope listening = run.target.scope;
  listening.import_value = [&](std::string_view name) {
    names.emplace(name);
    return run.target.scope.import_value(name);
  };
  for (const TemplateResource& resource : run.target.document->resources) {
    if (!run.target.dependencies.contains(resource.name)) continue;
    static_cast<void>(EvaluateObject(listening, resource.properties).ok());
  }
  for (const json::Member& output : run.target.document->Section("Outputs")) {
    if (Holds(listening, output.value.AsObject().GetString("Condition")))
      static_cast<void>(EvaluateObject(listening, output.value.AsObject()).ok());
  }
  return names;
}

void DropImports(Context& context, const StackIdentity& stack) {
  std::vector<std::string> ids;
  for (const Record* record : context.store.List(context.RegionScope(), kImport)) {
    if (record->body.GetString("StackId") == stack.id) ids.push_back(record->id);
  }
  for (const std::string& id : ids) context.store.Delete(context.RegionScope(), kImport, id);
}

void SetImports(Context& context, const Run& run) {
  DropImports(context, run.stack);
  if (run.target.body.GetString("TemplateBody").find("ImportValue") == std::string_view::npos &&
      !run.target.body.Has("Processed"))
    return;
  for (const std::string& name : ImportsOf(run)) {
    context.store.Put(context.RegionScope(), kImport,
                      {.id = fmt::format("{}|{}", name, run.stack.id),
                       .parent = name,
                       .name = run.stack.name,
                       .body = {{"StackId", run.stack.id}}});
  }
}

}  // namespace

Answer<void> SetOutputs(Context& context, const Run& run) {
  TL_TRY(json::Array outputs, EvaluateOutputs(run));
  TL_DO(SetExports(context, run.stack, outputs));
  SetImports(context, run);
  UpdateStackRecord(context, run.stack.id,
                    [&](json::Object& body) { body.Set("Outputs", std::move(outputs)); });
  return {};
}

Answer<void> DropExports(Context& context, const StackIdentity& stack) {
  for (const Record& record : ExportsOf(context, stack.id)) {
    TL_DO(CheckFree(context, record, "delete"));
    context.store.Delete(context.RegionScope(), kExport, record.id);
  }
  DropImports(context, stack);
  return {};
}

}  // namespace trunkline::cloud::cloudformation

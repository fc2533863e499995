#include "cli/bootstrap_report.h"

#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"

namespace trunkline::cli {
namespace {

json::Object ToJson(const app::BootstrapReport& report) {
  json::Array rows;
  for (const app::StackReport& stack : report.stacks) {
    rows.emplace_back(json::Object{{"stack", stack.stack},
                                   {"account", stack.account},
                                   {"region", stack.region},
                                   {"changed", stack.changed}});
  }
  json::Object outputs;
  for (const auto& [name, value] : report.outputs) outputs.Set(name, value);
  return {{"ok", report.ok()},
          {"stacks", std::move(rows)},
          {"program", report.program},
          {"outputs", std::move(outputs)},
          {"findings", trunkline::ToJson(report.findings)}};
}

}  // namespace

Exit PrintBootstrap(World& world, const Arguments& arguments, const app::BootstrapReport& report,
                    const std::string& next) {
  world.err.Write(ToText(report.findings, world.err.IsTerminal()));
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(ToJson(report)));
  } else if (report.ok()) {
    world.out.Write(next);
  }
  return report.ok() ? Exit::kDone : Exit::kFailed;
}

}  // namespace trunkline::cli

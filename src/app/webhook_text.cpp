#include "app/webhook_text.h"

#include <fmt/format.h>

namespace trunkline::app {
namespace {

std::string Head(const json::Object& routed) {
  const std::string_view branch = routed.GetString("branch");
  if (branch.empty()) return "";
  const std::string_view environment = routed.GetString("environment");
  std::string head(branch);
  if (!environment.empty()) head += fmt::format(" ({})", environment);
  const std::string_view commit = routed.GetString("commit").substr(0, 12);
  return head + (commit.empty() ? "" : fmt::format(" at {}", commit)) + "\n";
}

std::string Lines(const json::Object& routed, std::string_view list) {
  std::string text;
  for (const json::Value& value : routed.GetArray(list)) {
    const json::Object& one = value.AsObject();
    text += fmt::format("  {:<8} {}: {}\n", list, one.GetString("what"), one.GetString("why"));
  }
  return text;
}

std::string StartedLines(const json::Object& routed) {
  std::string text;
  for (const json::Value& value : routed.GetArray("started")) {
    const json::Object& one = value.AsObject();
    text += fmt::format("  {:<8} {} (execution {})\n", "started", one.GetString("pipeline"),
                        one.GetString("execution"));
  }
  return text;
}

}  // namespace

std::string RoutedText(const json::Object& routed) {
  std::string text = Head(routed);
  if (const std::string_view message = routed.GetString("message"); !message.empty())
    text += fmt::format("  {}\n", message);
  if (routed.GetBool("repeated")) text += "  repeated this push was routed before, as follows\n";
  text += StartedLines(routed);
  for (const std::string_view list : {"failed", "skipped", "ignored"}) text += Lines(routed, list);
  for (const json::Value& note : routed.GetArray("notes")) {
    if (note.IsString()) text += fmt::format("  note     {}\n", note.AsString());
  }
  return text;
}

std::string ReconciledText(const json::Object& report) {
  std::string text;
  for (const json::Value& branch : report.GetArray("branches")) {
    if (branch.IsObject()) text += RoutedText(branch.AsObject());
  }
  return text.empty() ? "there is no branch to reconcile\n" : text;
}

}  // namespace trunkline::app

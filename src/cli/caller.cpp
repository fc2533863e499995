#include "cli/caller.h"

#include <algorithm>

#include "base/text.h"

namespace trunkline::cli {
namespace {

bool IsKeys(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789*#") == std::string_view::npos;
}

bool WaitsFor(const json::Object& status, std::string_view what) {
  const json::Array& waits = status.GetArray("waitsFor");
  return std::ranges::any_of(
      waits, [&](const json::Value& one) { return one.IsString() && one.AsString() == what; });
}

std::string Prompt(const json::Object& status) {
  if (WaitsFor(status, "conversation")) return "(connected; 'hangup' ends the call) > ";
  const bool speech = WaitsFor(status, "speech");
  const bool keys = WaitsFor(status, "keys");
  const std::string_view wanted = speech && keys ? "words or keys, "
                                  : speech       ? "words, "
                                  : keys         ? "keys, "
                                                 : "";
  const std::string_view silence = wanted.empty() ? "empty to wait" : "empty for silence";
  return fmt::format("({}{}, 'hangup') > ", wanted, WaitsFor(status, "time") ? silence : "");
}

}  // namespace

std::vector<json::Object> ScriptOf(const Arguments& arguments) {
  std::vector<json::Object> script;
  for (const auto& [name, value] : arguments.ordered) {
    if (name == kSayOption.name) script.push_back({{"say", value}});
    if (name == kPressOption.name) script.push_back({{"press", value}});
  }
  return script;
}

Caller::Caller(World& world, const Arguments& arguments)
    : world_(world), script_(ScriptOf(arguments)), scripted_(!script_.empty()) {}

json::Object Caller::Next(const json::Object& status) {
  if (!scripted_) return Typed(status);
  if (next_ >= script_.size()) return {{"hangup", true}};
  return script_[next_++];
}

json::Object Caller::Typed(const json::Object& status) {
  if (world_.in.IsTerminal()) world_.err.Write(Prompt(status));
  std::string line;
  if (!world_.in.ReadLine(line)) return {{"hangup", true}};
  const std::string text(Trim(line));
  if (text.empty()) return {{"silence", true}};
  if (text == "hangup") return {{"hangup", true}};
  // Words that are only digits are keys, unless nobody asks for keys: on a chat they are typed.
  const bool keys = IsKeys(text) && (WaitsFor(status, "keys") || !WaitsFor(status, "speech"));
  return {{keys ? "press" : "say", text}};
}

std::vector<std::string> Caller::Left() const {
  std::vector<std::string> left;
  for (std::size_t i = next_; i < script_.size(); ++i)
    left.push_back(script_[i].begin()->value.AsString());
  return left;
}

}  // namespace trunkline::cli

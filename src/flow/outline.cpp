#include "flow/outline.h"

#include <fmt/format.h>

#include "flow/diff/side.h"
#include "flow/diff/words.h"
#include "flow/graph.h"

namespace trunkline::flow {
namespace {

std::string Parameters(const Action& action, const std::string& above, const json::Object& object,
                       const Words& words) {
  std::string text;
  for (const json::Member& member : object) {
    const std::string path = above + "." + member.key;
    if (member.value.IsObject()) {
      text += Parameters(action, path, member.value.AsObject(), words);
    } else {
      text += fmt::format("  {}: {}\n", ParameterWords(path),
                          words.WholeValue(action, path, member.value));
    }
  }
  return text;
}

// What a branch leads to: by the action's name; what nobody has named by what it does.
std::string Target(const Words& words, std::size_t at) {
  if (words.IsNamed(at)) return words.NameOf(at);
  return fmt::format("{}: {}", words.NameOf(at), words.EffectOf(at).Text());
}

}  // namespace

std::string Outline(const Document& document) {
  const Side side(document);
  const Words words(side);
  std::string text = fmt::format("{} {}\n", document.type.empty() ? "flow" : document.type,
                                 document.name.empty() ? "without a name" : document.name);
  for (const std::size_t at : side.InOrder()) {
    const Action& action = document.actions[at];
    text += fmt::format("\n{}\n", words.NameOf(at));
    text += Parameters(action, "Parameters", action.parameters, words);
    for (const Edge& edge : side.out[at])
      text +=
          fmt::format("  {} -> {}\n", BranchWords(action, edge.label), Target(words, edge.action));
  }
  return text;
}

}  // namespace trunkline::flow

// Rules about what comes from outside: numbers to dial, texts to read, answers that let callers in.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/paths.h"
#include "flow/lint/rules.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

bool IsOneOf(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// What the caller says or types, rather than what a function or the flow knows.
bool ComesFromTheCaller(const Path& path) {
  constexpr std::string_view kRoots[] = {"StoredCustomerInput", "Lex", "CustomerEndpoint", "Media"};
  return IsOneOf(path.Root(), kRoots);
}

constexpr std::string_view kKeyMarks[] = {"-----BEGIN PRIVATE KEY",
                                          "-----BEGIN RSA PRIVATE KEY",
                                          "-----BEGIN EC PRIVATE KEY",
                                          "ghp_",
                                          "github_pat_",
                                          "xoxb-",
                                          "sk_live_"};

bool IsUpperOrDigit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// An access key of AWS is AKIA or ASIA and 16 capitals and digits.
bool HasAccessKey(std::string_view text) {
  constexpr std::size_t kLength = 20;
  for (std::size_t at = text.find('A'); at != std::string_view::npos; at = text.find('A', at + 1)) {
    const std::string_view word = text.substr(at, kLength);
    if (word.size() == kLength && (word.starts_with("AKIA") || word.starts_with("ASIA")) &&
        std::ranges::all_of(word, IsUpperOrDigit))
      return true;
  }
  return false;
}

// "password", "api_key" as the last name of the path, with one word of text behind it.
bool IsNamedSecret(const LintText& text) {
  constexpr std::string_view kSecrets[] = {"password", "secret", "token"};
  constexpr std::size_t kShortest = 6;
  if (!text.pieces.empty() || text.text.size() < kShortest ||
      text.text.find_first_of(" ${<") != std::string::npos)
    return false;
  const std::size_t dot = text.path.rfind('.');
  const std::vector<std::string> words = Words(std::string_view(text.path).substr(dot + 1));
  if (words.empty()) return false;
  const bool api_key =
      words.size() > 1 && words[words.size() - 2] == "api" && words.back() == "key";
  return api_key || IsOneOf(words.back(), kSecrets);
}

bool ChecksIdentity(const Action& action) {
  constexpr std::string_view kWords[] = {"auth",      "authenticate", "authentication",
                                         "authorize", "verify",       "verification",
                                         "verified",  "otp",          "pin"};
  for (const std::string& word :
       Words(fmt::format("{} {}", action.id, action.parameters.GetString("LambdaFunctionARN")))) {
    if (IsOneOf(word, kWords)) return true;
  }
  return false;
}

// The Compare right behind the function that looks at its answer; nullptr when there is none.
const Action* AnswerCheck(const LintContext& context, std::size_t function) {
  for (const GraphEdge& edge : context.graph.Edges(function)) {
    const Action& next = context.document.actions[edge.target];
    if (edge.kind == EdgeKind::kNext && next.Is("Compare") &&
        next.parameters.GetString("ComparisonValue").starts_with("$.External"))
      return &next;
  }
  return nullptr;
}

}  // namespace

void DialsUncheckedNumber(LintContext& context) {
  for (const LintText& text : context.texts) {
    if (text.path != "Parameters.ThirdPartyPhoneNumber" || text.pieces.empty()) continue;
    const auto dynamic = std::ranges::find_if(
        text.pieces, [](const Piece& piece) { return piece.path.has_value(); });
    const Paths paths(
        context, 2, 0, [&](Paths::State state, const Action& action, const GraphEdge& edge) {
          const bool checks = edge.kind == EdgeKind::kCondition && action.Is("Compare") &&
                              action.parameters.GetString("ComparisonValue") == dynamic->text;
          return checks ? Paths::State{1} : state;
        });
    const std::size_t at = context.IndexOf(*text.action);
    if (!paths.Reaches(at, 0)) continue;
    const std::string_view hint = "compare it with the numbers that may be dialled";
    if (ComesFromTheCaller(*dynamic->path)) {
      context.Report(fmt::format("action '{}' dials '{}', which the caller can choose: {}",
                                 text.action->id, text.text, paths.Way(at, 0)),
                     text.offset, std::string(hint));
    } else {
      context.ReportNote(fmt::format("action '{}' dials '{}', which comes from outside the flow",
                                     text.action->id, text.text),
                         text.offset, std::string(hint));
    }
  }
}

// A '<' or '&' in the value breaks the markup, and whoever writes the value can make the voice say
// anything.
void UntrustedMarkup(LintContext& context) {
  constexpr std::string_view kRoots[] = {"External", "Lex",   "Attributes",       "Customer",
                                         "Views",    "Media", "SegmentAttributes"};
  for (const LintText& text : context.texts) {
    const bool speech = text.path.ends_with(".SSML") || Trim(text.text).starts_with("<speak");
    if (!speech || text.action->Is("InvokeLambdaFunction")) continue;
    for (const Piece& piece : text.pieces) {
      if (!piece.path || !IsOneOf(piece.path->Root(), kRoots)) continue;
      context.Report(
          fmt::format("action '{}' puts '{}' into SSML as it comes", text.action->id, piece.text),
          text.offset, "a '<' or '&' in it breaks the whole prompt");
      break;
    }
  }
}

void FailOpen(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (!action->Is("InvokeLambdaFunction") || !ChecksIdentity(*action)) continue;
    const Action* check = AnswerCheck(context, context.IndexOf(*action));
    if (check == nullptr || check->conditions.empty()) continue;
    const ConditionBranch& passed = check->conditions[0];
    for (const ErrorBranch& branch : action->errors) {
      if (branch.next != passed.next) continue;
      context.Report(fmt::format("when action '{}' fails, callers go on to '{}' like those who "
                                 "passed the check of '{}'",
                                 action->id, passed.next, check->id),
                     branch.offset, "let nobody in when the check did not run");
    }
  }
}

// An identity counts as checked behind what checks it, whatever it found: the branches for those
// who fail are FailOpen's matter.
void SensitiveQueueOpen(LintContext& context) {
  const CenterFacts* center = context.options.center;
  if (center == nullptr || center->sensitive_queues.empty()) return;
  const Paths paths(
      context, 2, 0, [](Paths::State state, const Action& action, const GraphEdge& edge) {
        const bool checks = action.Is("AuthenticateParticipant") || action.Is("CheckVoiceId") ||
                            (action.Is("InvokeLambdaFunction") && edge.kind == EdgeKind::kNext &&
                             ChecksIdentity(action));
        return checks ? Paths::State{1} : state;
      });
  for (const LintText& text : context.texts) {
    const bool queue = text.position != nullptr && text.position->reference == ResourceKind::kQueue;
    const std::vector<SymbolPiece> symbols =
        queue ? ScanSymbols(text.text) : std::vector<SymbolPiece>();
    const std::size_t at = context.IndexOf(*text.action);
    if (symbols.size() != 1 || !center->sensitive_queues.contains(symbols[0].name) ||
        !paths.Reaches(at, 0))
      continue;
    context.Report(fmt::format("action '{}' leads to the sensitive queue '{}' without a check of "
                               "the caller's identity in this flow: {}",
                               text.action->id, symbols[0].name, paths.Way(at, 0)),
                   text.offset, "check it before, here or in the flow before this one");
  }
}

void SecretLiteral(LintContext& context) {
  for (const LintText& text : context.texts) {
    const bool marked = std::ranges::any_of(kKeyMarks, [&](std::string_view mark) {
      return text.text.find(mark) != std::string::npos;
    });
    if (!marked && !HasAccessKey(text.text) && !IsNamedSecret(text)) continue;
    context.Report(fmt::format("'{}' of action '{}' looks like a secret, written out for every "
                               "reader of the flow",
                               text.path, text.action->id),
                   text.offset, "let a function fetch it from a secret store");
  }
}

}  // namespace trunkline::flow::lint

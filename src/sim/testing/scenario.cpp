#include "sim/testing/scenario.h"

#include <algorithm>
#include <array>

#include "base/clock.h"
#include "base/text.h"
#include "sim/testing/scenario_case.h"
#include "sim/testing/scenario_check.h"
#include "sim/testing/scenario_line.h"
#include "sim/testing/scenario_mock.h"

namespace trunkline::sim {
namespace {

class ScenarioReader {
 public:
  ScenarioReader(std::string_view file, TestMode mode) : file_(file), mode_(mode) {}

  ScenarioFile Read(std::string_view text) {
    std::uint32_t number = 0;
    for (std::string_view at : Split(text, '\n')) {
      ++number;
      if (at.ends_with('\r')) at.remove_suffix(1);
      if (number == 1 && at.starts_with("\xEF\xBB\xBF")) at.remove_prefix(3);
      ScenarioLine line(at, number, file_, read_.findings);
      if (line.AtEnd() || at[line.Position()] == '#') continue;
      if (IsUtf8(at)) {
        ReadLine(line);
      } else {
        line.Say(kBadValue, "expected UTF-8, but the line has other bytes",
                 "save the file as UTF-8");
      }
    }
    Finish();
    if (HasErrors(read_.findings)) read_.tests.clear();
    return std::move(read_);
  }

 private:
  enum class Kind { kSetting, kEntry, kAction, kCheck, kObservation };
  struct Step {
    std::string_view word;
    Kind kind;
    void (ScenarioReader::*read)(ScenarioLine&);
  };
  static const std::array<Step, 22> kSteps;

  void ReadLine(ScenarioLine& line) {
    const std::size_t from = line.Position();
    const std::string word = ToLower(line.Word());
    if (word == "test") return Begin(line);
    const auto step = std::ranges::find(kSteps, word, &Step::word);
    if (step == kSteps.end()) {
      SayUnknown(line, from, word);
    } else if (MayCome(line, from, *step)) {
      (this->*step->read)(line);
    }
  }

  static void SayUnknown(ScenarioLine& line, std::size_t from, const std::string& word) {
    std::vector<std::string> words = {"test"};
    for (const Step& one : kSteps) words.emplace_back(one.word);
    const auto nearest = Nearest(word, words);
    line.SayAt(from, kUnknownStep, fmt::format("'{}' is no step of a scenario", word),
               nearest ? fmt::format("did you mean '{}'?", *nearest)
                       : fmt::format("there is {}", Join(words, ", ")));
  }

  // Where a step may be; what is missing above is said once for each test.
  bool MayCome(ScenarioLine& line, std::size_t from, const Step& step) {
    if (!case_) {
      if (!lost_) line.SayAt(from, kMisplacedStep, "expected 'test NAME' before the first step");
      lost_ = true;
      return false;
    }
    const bool needs_flow = step.kind != Kind::kSetting && step.kind != Kind::kEntry;
    if (needs_flow && !entry_said_) {
      line.SayAt(from, kMisplacedStep, fmt::format("expected 'flow NAME' before '{}'", step.word));
      entry_said_ = true;
      return false;
    }
    if (case_->over() && (step.kind == Kind::kAction || step.kind == Kind::kObservation)) {
      line.SayAt(
          from, kMisplacedStep,
          fmt::format("nothing can come behind 'end' but 'check': '{}' is too late", step.word));
      return false;
    }
    return true;
  }

  void Begin(ScenarioLine& line) {
    Finish();
    const auto name = line.Text("the name of the test");
    begin_ = line;
    case_.emplace(name.value_or(""), mode_);
    entry_said_ = false;
  }

  void Finish() {
    if (!case_) return;
    if (!entry_said_) {
      begin_->SayAt(0, kMissingPart, "the test does not say which flow it enters",
                    "write 'flow NAME' below it");
    } else if (!case_->waits() && !HasErrors(read_.findings)) {
      begin_->SayAt(0, kMissingPart, "the test waits for nothing: it would always pass",
                    "say with 'hear', 'queue' or 'end' what must come");
    }
    read_.tests.push_back(std::move(*case_).Finish());
    case_.reset();
  }

  void ReadAbout(ScenarioLine& line) {
    if (auto text = line.Text("what the test is about")) case_->Describe(std::move(*text));
  }

  void ReadEntry(ScenarioLine& line, bool chat) {
    if (entry_said_)
      return line.SayAt(0, kMisplacedStep, "a test enters one flow", "begin another 'test'");
    entry_said_ = true;
    if (const auto name = line.Text("the name of the flow")) case_->Enter(*name, chat);
  }
  void ReadFlow(ScenarioLine& line) { ReadEntry(line, false); }
  void ReadChat(ScenarioLine& line) { ReadEntry(line, true); }

  void ReadFrom(ScenarioLine& line) {
    const std::size_t from = line.Position();
    auto number = line.Name("the caller's number, such as +15550101");
    if (!number) return;
    const bool digits = number->find_first_not_of("0123456789", 1) == std::string::npos;
    if (number->size() < 3 || number->front() != '+' || !digits) {
      return line.SayAt(from, kBadValue,
                        fmt::format("expected a number such as +15550101 but got '{}'", *number));
    }
    if (line.Ends()) case_->CallFrom(std::move(*number));
  }

  void ReadAttribute(ScenarioLine& line) {
    const std::size_t from = line.Position();
    const std::string rest(line.Rest());
    const std::size_t sign = rest.find('=');
    const std::string key(Trim(rest.substr(0, sign)));
    if (sign == std::string::npos || key.empty()) {
      return line.SayAt(from, kMissingPart, "expected an attribute and its value",
                        "write 'attribute tier = gold'");
    }
    std::string_view value = Trim(std::string_view(rest).substr(sign + 1));
    if (value.size() > 1 && value.starts_with('"') && value.ends_with('"'))
      value = value.substr(1, value.size() - 2);
    if (!case_->SetAttribute(key, std::string(value)))
      line.SayAt(from, kMisplacedStep, fmt::format("attribute '{}' is there twice", key));
  }

  void ReadAgent(ScenarioLine& line) {
    if (line.Take("answers")) return line.Ends() ? case_->Rehearse("Agent", "Answers") : void();
    if (auto step = ReadAgentStep(line)) case_->LetAgent(std::move(*step));
  }

  void ReadAt(ScenarioLine& line) {
    const std::size_t from = line.Position();
    const std::string time(line.Word());
    if (!ParseIso8601(time)) {
      return line.SayAt(
          from, kBadValue,
          fmt::format("expected a time such as '2026-12-24T18:00:00Z' but got '{}'", time));
    }
    if (line.Ends()) case_->Rehearse("At", time);
  }

  void ReadSeed(ScenarioLine& line) {
    const std::size_t from = line.Position();
    const std::string word(line.Word());
    const auto seed = ToInt(word);
    if (!seed || *seed < 0) {
      return line.SayAt(from, kBadValue,
                        fmt::format("expected a number from 0 on but got '{}'", word));
    }
    if (line.Ends()) case_->Rehearse("Seed", *seed);
  }

  // FLOW / ACTION ERROR, where both names may have several words.
  void ReadError(ScenarioLine& line) {
    const std::size_t from = line.Position();
    const std::string_view rest = line.Rest();
    const std::size_t slash = rest.find(" / ");
    const std::size_t blank = rest.rfind(' ');
    if (slash == std::string_view::npos || blank <= slash + 2) {
      return line.SayAt(from, kMissingPart, "expected a flow, an action and its error",
                        "write 'error Main / Voice NoMatchingError'");
    }
    const std::string_view action = Trim(rest.substr(slash + 3, blank - slash - 3));
    case_->Fault(AsSymbol("flow", Trim(rest.substr(0, slash))), std::string(action),
                 std::string(rest.substr(blank + 1)));
  }

  void ReadHear(ScenarioLine& line) {
    ScenarioLine ahead = line;
    const bool similar = ahead.Take("exactly") && ahead.AtQuote();
    if (similar) line = ahead;
    if (auto text = line.Text("what the customer hears"))
      case_->Hear(line.number(), std::move(*text), similar);
  }

  void ReadQueue(ScenarioLine& line) {
    const auto name = line.Name("the name of a queue");
    if (!name) return;
    if (!line.AtEnd()) return AddMock(line, ReadQueueMock(line, *name));
    case_->Queue(line.number(), *name);
  }

  void ReadEnd(ScenarioLine& line) {
    if (line.Ends()) case_->End(line.number());
  }

  void ReadSay(ScenarioLine& line) {
    if (auto words = line.Text("what the customer says"))
      case_->Say(line.number(), std::move(*words));
  }

  void ReadPress(ScenarioLine& line) {
    if (case_->chat() && mode_ == TestMode::kObserved)
      return line.SayAt(0, kMisplacedStep, "a chat has no keys", "write 'say' instead of 'press'");
    const std::size_t from = line.Position();
    auto text = line.Text("the keys that the customer presses");
    if (!text) return;
    std::string keys = Replace(*text, " ", "");
    if (keys.find_first_not_of("0123456789*#") != std::string::npos) {
      return line.SayAt(
          from, kBadValue,
          fmt::format("expected keys of a phone, 0 to 9, * and #, but got '{}'", *text));
    }
    case_->Press(line.number(), std::move(keys));
  }

  void ReadHang(ScenarioLine& line) {
    if (!line.Take("up")) return line.SayExpected({"up"}, "'hang'");
    if (line.Ends()) case_->HangUp(line.number());
  }

  void ReadCheck(ScenarioLine& line) {
    if (case_->customer_acted()) {
      return line.SayAt(0, kMisplacedStep,
                        "what the customer did above has no effect yet where this is checked",
                        "put 'hear', 'queue' or 'end' before it");
    }
    if (auto check = ReadScenarioCheck(line))
      case_->Check(line.number(), std::move(check->reference), check->op,
                   std::move(check->operand));
  }

  void ReadLog(ScenarioLine& line) {
    if (auto text = line.Text("what is logged, such as $.Attributes.tier"))
      case_->Log(line.number(), std::move(*text));
  }

  void AddMock(ScenarioLine& line, std::optional<Mock> mock) {
    if (mock) case_->Add(line.number(), std::move(*mock));
  }
  void ReadFunction(ScenarioLine& line) { AddMock(line, ReadFunctionMock(line)); }
  void ReadBot(ScenarioLine& line) { AddMock(line, ReadBotMock(line)); }
  void ReadHours(ScenarioLine& line) { AddMock(line, ReadHoursMock(line)); }
  void ReadAction(ScenarioLine& line) {
    if (auto outcome = ReadActionOutcome(line)) case_->Want(std::move(*outcome));
  }

  std::string_view file_;
  TestMode mode_;
  ScenarioFile read_;
  std::optional<ScenarioCase> case_;
  std::optional<ScenarioLine> begin_;  // of the test
  bool entry_said_ = false;            // or its absence was
  bool lost_ = false;
};

const std::array<ScenarioReader::Step, 22> ScenarioReader::kSteps = {{
    {"about", Kind::kSetting, &ScenarioReader::ReadAbout},
    {"flow", Kind::kEntry, &ScenarioReader::ReadFlow},
    {"chat", Kind::kEntry, &ScenarioReader::ReadChat},
    {"from", Kind::kSetting, &ScenarioReader::ReadFrom},
    {"attribute", Kind::kSetting, &ScenarioReader::ReadAttribute},
    {"agent", Kind::kSetting, &ScenarioReader::ReadAgent},
    {"at", Kind::kSetting, &ScenarioReader::ReadAt},
    {"seed", Kind::kSetting, &ScenarioReader::ReadSeed},
    {"error", Kind::kSetting, &ScenarioReader::ReadError},
    {"action", Kind::kSetting, &ScenarioReader::ReadAction},
    {"hear", Kind::kObservation, &ScenarioReader::ReadHear},
    {"expect", Kind::kObservation, &ScenarioReader::ReadHear},
    {"queue", Kind::kObservation, &ScenarioReader::ReadQueue},
    {"end", Kind::kObservation, &ScenarioReader::ReadEnd},
    {"say", Kind::kAction, &ScenarioReader::ReadSay},
    {"press", Kind::kAction, &ScenarioReader::ReadPress},
    {"hang", Kind::kAction, &ScenarioReader::ReadHang},
    {"check", Kind::kCheck, &ScenarioReader::ReadCheck},
    {"log", Kind::kCheck, &ScenarioReader::ReadLog},
    {"function", Kind::kAction, &ScenarioReader::ReadFunction},
    {"bot", Kind::kAction, &ScenarioReader::ReadBot},
    {"hours", Kind::kAction, &ScenarioReader::ReadHours},
}};

}  // namespace

ScenarioFile ReadScenarios(std::string_view text, std::string_view file, TestMode mode) {
  return ScenarioReader(file, mode).Read(text);
}

}  // namespace trunkline::sim

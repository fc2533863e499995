#include "flow/lint_page.h"

#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/files.h"
#include "base/finding_text.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "flow/lint_center.h"
#include "flow/lint_set.h"
#include "flow/validate.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

using testing::HasSubstr;

// The names that the page's good flows use are those that exist.
SymbolTable NamesOf(const LintPage& page) {
  SymbolTable names;
  for (const LintExample& example : page.good) {
    for (const SymbolPiece& piece : ScanSymbols(example.text)) {
      if (piece.is_symbol) names.Add(piece.kind, piece.name, {});
    }
  }
  return names;
}

bool IsFlow(const LintExample& example) {
  return example.file.find('/') == std::string_view::npos;
}

// The name of the folder a file is in: of a function, of a bot.
std::string FolderOf(const LintExample& example) {
  return FileName(FolderName(std::string(example.file)));
}

void AddFunction(const LintExample& example, const json::Object& function, CenterFacts& facts) {
  for (const json::Value& key : function.GetArray("answers"))
    facts.answers[FolderOf(example)].push_back(key.AsString());
  for (const json::Member& variable : function.GetObject("environment")) {
    facts.variables.push_back({.function = FolderOf(example),
                               .name = variable.key,
                               .value = variable.value.AsString(),
                               .place = {.file = std::string(example.file)},
                               .source_line = {}});
  }
}

void AddTest(const json::Object& test, CenterFacts& facts) {
  const std::string_view flow =
      test.GetObject("EntryPoint").GetObject("VoiceCallEntryPointParameters").GetString("FlowId");
  facts.has_tests = true;
  TestUse use{.name = std::string(test.GetString("Name")), .overrides = {}};
  if (json::Write(json::Value(test)).find(R"("Strategy")") != std::string::npos)
    use.overrides.insert("CheckHoursOfOperation");
  facts.tests[ScanSymbols(flow)[0].name].push_back(std::move(use));
}

// What the page's other files say; center/lint_facts.h does it from a whole center.
CenterFacts CenterOf(const std::vector<LintExample>& examples) {
  CenterFacts facts;
  for (const LintExample& example : examples) {
    const json::Value root = json::Parse(example.text).value();
    if (IsFlow(example)) {
      facts.flows.emplace(root.AsObject().GetObject("Metadata").GetString("name"));
      continue;
    }
    if (example.file.ends_with("Locales.json")) {
      for (const json::Value& intent : root.AsArray()[0].AsObject().GetArray("intents"))
        facts.intents[FolderOf(example)].emplace(intent.AsObject().GetString("name"));
      continue;
    }
    const json::Object& file = root.AsObject();
    if (example.file.ends_with("accountvars.json")) {
      const json::Object& first = file.GetArray("accounts")[0].AsObject();
      for (const json::Value& region : first.GetArray("region"))
        facts.regions.push_back(region.AsString());
      facts.app = first.GetString("app");
    } else if (example.file.ends_with("function.json")) {
      AddFunction(example, file, facts);
    } else if (example.file.find("/queues/") != std::string_view::npos) {
      facts.sensitive_queues.emplace(file.GetString("Name"));
    } else {
      AddTest(file, facts);
    }
  }
  return facts;
}

LintOptions Only(const LintRule& rule, const SymbolTable& names) {
  LintOptions options;
  for (const LintRule& other : AllLintRules()) {
    if (other.code != rule.code) options.levels[std::string(other.name)] = LintLevel::kOff;
  }
  if (rule.level == LintLevel::kOff) options.levels[std::string(rule.name)] = LintLevel::kWarning;
  options.symbols = &names;
  return options;
}

Findings LintExamples(const LintRule& rule, const LintPage& page,
                      const std::vector<LintExample>& examples) {
  const SymbolTable names = NamesOf(page);
  const CenterFacts center = CenterOf(examples);
  LintOptions options = Only(rule, names);
  options.center = &center;
  Findings all = LintCenter(center, options);
  std::vector<Document> documents;
  std::vector<FlowFacts> facts;
  for (const LintExample& example : examples) {
    if (!IsFlow(example)) continue;
    Parsed parsed = Parse(std::string(example.text), example.file);
    EXPECT_EQ(ToText(parsed.findings), "");
    if (!parsed.document) continue;
    documents.push_back(std::move(*parsed.document));
    for (Finding& finding : Lint(documents.back(), options, facts.emplace_back()))
      all.push_back(std::move(finding));
  }
  for (const SetFinding& finding : LintSet(facts, options))
    all.push_back(ToFinding(documents[finding.flow], finding));
  return all;
}

class LintPageOf : public testing::TestWithParam<LintRule> {};

TEST_P(LintPageOf, HasTheRulesCodeAndName) {
  const LintPage page = PageOf(GetParam());

  EXPECT_EQ(page.code, GetParam().code);
  EXPECT_EQ(page.name, GetParam().name);
}

TEST_P(LintPageOf, ShowsABadFlowThatTheRuleSpeaksAbout) {
  const LintPage page = PageOf(GetParam());

  const Findings findings = LintExamples(GetParam(), page, page.bad);

  ASSERT_FALSE(findings.empty());
  for (const Finding& finding : findings) EXPECT_EQ(finding.code, GetParam().code);
}

TEST_P(LintPageOf, ShowsAGoodFlowThatTheRuleAccepts) {
  const LintPage page = PageOf(GetParam());

  EXPECT_EQ(ToText(LintExamples(GetParam(), page, page.good)), "");
}

TEST_P(LintPageOf, ShowsAGoodFlowThatCanBePublished) {
  for (const LintExample& example : PageOf(GetParam()).good) {
    if (!IsFlow(example)) continue;
    const Parsed parsed = Parse(std::string(example.text), example.file);
    EXPECT_EQ(ToText(Validate(*parsed.document, ValidateMode::kObserved).findings), "");
  }
}

std::string NameOf(const testing::TestParamInfo<LintRule>& rule) {
  std::string name;
  for (const char c : rule.param.name) {
    if (c != '-') name += c;
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Lint, LintPageOf,
                         testing::ValuesIn(AllLintRules().begin(), AllLintRules().end()), NameOf);

TEST(LintPages, BelongToARuleEach) {
  std::set<std::string> rules;
  for (const LintRule& rule : AllLintRules()) rules.insert(fmt::format("{}.md", rule.name));

  for (const EmbeddedFile& page : LintPages())
    EXPECT_TRUE(rules.contains(std::string(page.name))) << page.name;
}

// docs/flow-lint.md lists the rules, as the table has them.
TEST(LintRules, StandInTheDocumentation) {
  std::vector<std::string> expected;
  for (const LintRule& rule : AllLintRules()) {
    expected.push_back(fmt::format("| {} | {} | {} | {} |", rule.code, rule.name,
                                   ToText(rule.level), rule.summary));
  }

  const std::string page = tests::ReadFileOrDie(tests::SourceFolder() + "/docs/flow-lint.md");
  std::vector<std::string> listed;
  for (const std::string_view line : Split(page, '\n')) {
    if (line.starts_with("| TL-L")) listed.emplace_back(line);
  }
  EXPECT_EQ(listed, expected);
}

constexpr std::string_view kPage =
    "# TL-L999 a-rule\n\nWhat is wrong.\n\n## Bad\n\n```json\n{}\n```\n\n## Good\n\n```json "
    "one.json\n[1]\n```\n```json two.json\n[2]\n```\n\n## Source\n\nSeen.\n";

TEST(ReadLintPage, TakesItApart) {
  const Result<LintPage> page = ReadLintPage(kPage);

  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->code, "TL-L999");
  EXPECT_EQ(page->name, "a-rule");
  EXPECT_EQ(page->description, "What is wrong.");
  EXPECT_EQ(page->bad[0].file, "flow.json");
  EXPECT_EQ(page->bad[0].text, "{}\n");
  ASSERT_EQ(page->good.size(), 2U);
  EXPECT_EQ(page->good[1].file, "two.json");
  EXPECT_EQ(page->good[1].text, "[2]\n");
  EXPECT_EQ(page->source, "Seen.");
}

TEST(ReadLintPage, SaysWhatAPageLacks) {
  const auto problem = [](std::string_view text) { return ReadLintPage(text).error().message(); };

  EXPECT_EQ(problem("TL-L999\n"), "expected the title '# TL-Lnnn rule-name' in line 1");
  EXPECT_EQ(problem("# TL-L999 a-rule\nText.\n## Good\n"),
            "expected a section '## Bad' after 'a-rule'");
  EXPECT_EQ(problem("# TL-L999 a-rule\nText.\n## Bad\n## Good\n## Source\nSeen.\n"),
            "expected a section '## Good' after 'Bad'");
  EXPECT_EQ(
      problem("# TL-L999 a-rule\nText.\n## Bad\nNone.\n\n## Good\nNone.\n\n## Source\nSeen.\n"),
      "expected a ```json block in '## Bad'");
}

TEST(FindLintRule, TakesNameOrCodeAndNamesTheNearest) {
  EXPECT_EQ(FindLintRule("TL-L105").value()->name, "unreachable-action");
  EXPECT_EQ(FindLintRule("tl-l105").value()->name, "unreachable-action");
  EXPECT_EQ(FindLintRule("unreachable-action").value()->code, "TL-L105");
  EXPECT_THAT(FindLintRule("unreachable-actoin").error().message(),
              HasSubstr("there is no lint rule 'unreachable-actoin'; did you mean "
                        "'unreachable-action'?"));
}

}  // namespace
}  // namespace trunkline::flow

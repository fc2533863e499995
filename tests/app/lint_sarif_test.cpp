// The log is held to what the SARIF 2.1.0 specification says of the objects in it (section numbers
// beside each): which members they must and may have, and of what type.
#include "app/lint_sarif.h"

#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/text.h"
#include "flow/lint_page.h"

namespace trunkline::app {
namespace {

using testing::HasSubstr;

// A member's type: "string", "integer", "boolean", an object's name, or either in "[...]".
struct Member {
  std::string_view name;
  std::string_view type;
  bool required = false;
};
using Members = std::vector<Member>;

const std::map<std::string_view, Members> kObjects = {
    {"sarifLog",  // 3.13
     {{"$schema", "string"}, {"version", "string", true}, {"runs", "[run]", true}}},
    {"run",  // 3.14
     {{"tool", "tool", true}, {"columnKind", "string"}, {"results", "[result]"}}},
    {"tool", {{"driver", "toolComponent", true}}},  // 3.18
    {"toolComponent",                               // 3.19
     {{"name", "string", true}, {"version", "string"}, {"rules", "[reportingDescriptor]"}}},
    {"reportingDescriptor",  // 3.49
     {{"id", "string", true},
      {"name", "string"},
      {"shortDescription", "multiformatMessageString"},
      {"fullDescription", "multiformatMessageString"},
      {"help", "multiformatMessageString"},
      {"defaultConfiguration", "reportingConfiguration"}}},
    {"multiformatMessageString", {{"text", "string", true}, {"markdown", "string"}}},  // 3.12
    {"reportingConfiguration", {{"enabled", "boolean"}, {"level", "level"}}},          // 3.50
    {"result",                                                                         // 3.27
     {{"ruleId", "string"},
      {"ruleIndex", "integer"},
      {"level", "level"},
      {"message", "message", true},
      {"locations", "[location]"},
      {"partialFingerprints", "strings"},
      {"suppressions", "[suppression]"},
      {"baselineState", "baselineState"}}},
    {"message", {{"text", "string", true}}},  // 3.11
    {"location",                              // 3.28
     {{"physicalLocation", "physicalLocation"}, {"logicalLocations", "[logicalLocation]"}}},
    {"physicalLocation",  // 3.29
     {{"artifactLocation", "artifactLocation", true}, {"region", "region"}}},
    {"artifactLocation", {{"uri", "uri", true}, {"uriBaseId", "string"}}},  // 3.4
    {"region",                                                              // 3.30
     {{"startLine", "positive", true}, {"startColumn", "positive"}, {"endColumn", "positive"}}},
    {"logicalLocation",  // 3.33
     {{"name", "string"}, {"fullyQualifiedName", "string"}, {"kind", "string"}}},
    {"suppression",  // 3.35
     {{"kind", "suppressionKind", true},
      {"status", "string"},
      {"justification", "string"},
      {"properties", "any"}}},
};

const std::map<std::string_view, std::set<std::string_view>> kWords = {
    {"level", {"none", "note", "warning", "error"}},
    {"baselineState", {"new", "unchanged", "updated", "absent"}},
    {"suppressionKind", {"inSource", "external"}},
};

class SarifCheck {
 public:
  std::vector<std::string> Run(const json::Object& log) {
    Check(log, "sarifLog", "");
    return std::move(problems_);
  }

 private:
  void Say(const std::string& where, std::string_view what) {
    problems_.push_back(fmt::format("{}: {}", where, what));
  }

  void Check(const json::Value& value, std::string_view type, const std::string& where) {
    if (type.starts_with('[')) {
      if (!value.IsArray()) return Say(where, "is no array");
      for (std::size_t i = 0; i < value.AsArray().size(); ++i)
        Check(value.AsArray()[i], type.substr(1, type.size() - 2), fmt::format("{}/{}", where, i));
    } else if (const auto object = kObjects.find(type); object != kObjects.end()) {
      if (!value.IsObject()) return Say(where, "is no object");
      CheckMembers(value.AsObject(), object->second, where);
    } else {
      CheckSimple(value, type, where);
    }
  }

  void CheckMembers(const json::Object& object, const Members& members, const std::string& where) {
    for (const Member& member : members) {
      if (member.required && !object.Has(member.name)) Say(where, "lacks " + Quoted(member.name));
    }
    for (const json::Member& given : object) {
      const auto known = std::ranges::find(members, std::string_view(given.key), &Member::name);
      if (known == members.end()) {
        Say(where, "may not have " + Quoted(given.key));
      } else {
        Check(given.value, known->type, where + "/" + given.key);
      }
    }
  }

  void CheckSimple(const json::Value& value, std::string_view type, const std::string& where) {
    if (const auto words = kWords.find(type); words != kWords.end()) {
      if (!value.IsString() || !words->second.contains(value.AsString()))
        Say(where, "is no " + std::string(type));
    } else if (type == "strings") {
      for (const json::Member& member : value.AsObject()) Check(member.value, "string", where);
    } else if (type == "uri") {
      if (!value.IsString() || value.AsString().find_first_of(" \"<>\\^`{|}") != std::string::npos)
        Say(where, "is no URI reference");
    } else if (type == "positive") {
      if (!value.IsNumber() || value.AsInt() < 1) Say(where, "is not positive");
    } else if ((type == "string" && !value.IsString()) || (type == "boolean" && !value.IsBool()) ||
               (type == "integer" && !value.IsNumber())) {
      Say(where, "is no " + std::string(type));
    }
  }

  static std::string Quoted(std::string_view name) { return fmt::format("'{}'", name); }

  std::vector<std::string> problems_;
};

LintFinding FindingIn(const std::string& file, const std::string& code = "TL-L117") {
  LintFinding one{.finding = {.severity = Severity::kWarning,
                              .code = code,
                              .message = "still holds 'TODO'",
                              .hint = "write the text",
                              .place = {.file = file, .line = 3, .column = 8, .length = 6},
                              .source_line = {"  \"é\": \"TODO\""}}};
  one.subject = {.flow = "Main",
                 .action = "hi",
                 .block = "Play prompt",
                 .pointer = "/Actions/0/Parameters/Text",
                 .part = "/Parameters/Text"};
  one.fingerprint = "00ff";
  return one;
}

LintReport ReportOf(std::vector<LintFinding> findings) {
  LintReport report;
  report.files = 1;
  report.findings = std::move(findings);
  return report;
}

json::Object ResultOf(const LintReport& report, std::size_t index = 0) {
  const json::Object log = ToSarif(report, "1.2.3");
  return log.GetArray("runs")[0].AsObject().GetArray("results")[index].AsObject();
}

json::Object DriverOf(const LintReport& report) {
  const json::Object log = ToSarif(report, "1.2.3");
  return log.GetArray("runs")[0].AsObject().GetObject("tool").GetObject("driver");
}

flow::LintSuppression Accepted(bool in_flow) {
  return {.rule = "TL-L117",
          .flow = {},
          .action = {},
          .reason = "agreed",
          .until = "2027-01-01",
          .place = {},
          .source_line = {},
          .in_flow = in_flow};
}

TEST(Sarif, IsAsTheSpecificationSays) {
  LintFinding unreadable{.finding = {.severity = Severity::kError,
                                     .code = "TL-C001",
                                     .message = "cannot read 'a b.json'",
                                     .hint = {},
                                     .place = {.file = "/flows/a b.json"},
                                     .source_line = {}}};
  LintFinding suppressed = FindingIn("b.json");
  suppressed.suppression = Accepted(false);
  LintFinding of_the_flow = FindingIn("c.json", "TL-F102");
  of_the_flow.subject.action.clear();
  LintReport report = ReportOf({FindingIn("a.json"), suppressed, of_the_flow, unreadable});
  report.has_baseline = true;

  EXPECT_THAT(SarifCheck().Run(ToSarif(report, "1.2.3")), testing::IsEmpty());
  EXPECT_EQ(ToSarif(report, "1.2.3").GetString("version"), "2.1.0");
}

TEST(Sarif, PutsARuleUnderEveryResult) {
  const LintReport report = ReportOf({FindingIn("a.json"), FindingIn("a.json", "TL-F102")});
  const json::Object driver = DriverOf(report);
  const json::Array& rules = driver.GetArray("rules");

  EXPECT_EQ(rules.size(), flow::AllLintRules().size() + 1);
  for (std::size_t i = 0; i < 2; ++i) {
    const json::Object result = ResultOf(report, i);
    const auto index = static_cast<std::size_t>(result.GetInt("ruleIndex", -1));
    ASSERT_LT(index, rules.size());
    EXPECT_EQ(rules[index].AsObject().GetString("id"), result.GetString("ruleId"));
  }
}

TEST(Sarif, ExplainsRulesWithTheirPages) {
  const json::Object driver = DriverOf(ReportOf({}));
  const json::Object& rule = driver.GetArray("rules")[0].AsObject();

  EXPECT_EQ(rule.GetString("id"), "TL-L105");
  EXPECT_EQ(rule.GetString("name"), "unreachable-action");
  EXPECT_THAT(rule.GetObject("help").GetString("markdown"), HasSubstr("## Good"));
  EXPECT_EQ(rule.GetObject("defaultConfiguration").GetString("level"), "warning");
}

TEST(Sarif, CountsColumnsInCharacters) {
  const json::Object result = ResultOf(ReportOf({FindingIn("a.json")}));
  const json::Object& location = result.GetArray("locations")[0].AsObject();
  const json::Object& region = location.GetObject("physicalLocation").GetObject("region");

  EXPECT_EQ(region.GetInt("startLine"), 3);
  EXPECT_EQ(region.GetInt("startColumn"), 7);  // byte 8: the letter before it has two bytes
  EXPECT_EQ(region.GetInt("endColumn"), 13);
}

TEST(Sarif, NamesFlowAndAction) {
  const json::Object result = ResultOf(ReportOf({FindingIn("a.json")}));
  const json::Object& logical =
      result.GetArray("locations")[0].AsObject().GetArray("logicalLocations")[0].AsObject();

  EXPECT_EQ(logical.GetString("name"), "hi");
  EXPECT_EQ(logical.GetString("fullyQualifiedName"), "Main/hi");
  EXPECT_EQ(result.GetObject("partialFingerprints").GetString("trunkline/v1"), "00ff");
  EXPECT_EQ(result.GetObject("message").GetString("text"), "still holds 'TODO'; write the text");
}

TEST(Sarif, NamesFilesAsUris) {
  const auto artifact = [](const std::string& file) {
    const json::Object result = ResultOf(ReportOf({FindingIn(file)}));
    return result.GetArray("locations")[0]
        .AsObject()
        .GetObject("physicalLocation")
        .GetObject("artifactLocation");
  };

  EXPECT_EQ(artifact("flows/a b.json").GetString("uri"), "flows/a%20b.json");
  EXPECT_EQ(artifact("flows/a b.json").GetString("uriBaseId"), "%SRCROOT%");
  EXPECT_EQ(artifact("./flows/a.json").GetString("uri"), "flows/a.json");
  EXPECT_EQ(artifact("/flows/a.json").GetString("uri"), "file:///flows/a.json");
  EXPECT_FALSE(artifact("/flows/a.json").Has("uriBaseId"));
}

TEST(Sarif, SaysWhoAcceptedAFinding) {
  for (const bool in_flow : {true, false}) {
    LintFinding one = FindingIn("a.json");
    one.suppression = Accepted(in_flow);
    const json::Object result = ResultOf(ReportOf({one}));
    const json::Object& suppression = result.GetArray("suppressions")[0].AsObject();

    EXPECT_EQ(suppression.GetString("kind"), in_flow ? "inSource" : "external");
    EXPECT_EQ(suppression.GetString("justification"), "agreed");
  }
}

TEST(Sarif, ComparesWithABaselineOnlyWhereThereIsOne) {
  LintReport report = ReportOf({FindingIn("a.json"), FindingIn("b.json")});
  EXPECT_FALSE(ResultOf(report).Has("baselineState"));

  report.has_baseline = true;
  report.findings[1].known = true;

  EXPECT_EQ(ResultOf(report, 0).GetString("baselineState"), "new");
  EXPECT_EQ(ResultOf(report, 1).GetString("baselineState"), "unchanged");
}

}  // namespace
}  // namespace trunkline::app

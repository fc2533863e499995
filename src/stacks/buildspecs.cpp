#include "stacks/buildspecs.h"

#include <fmt/format.h>

namespace trunkline::stacks {
namespace {

json::Array Texts(const std::vector<std::string>& texts) {
  json::Array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

json::Object Commands(json::Array commands) {
  return {{"commands", std::move(commands)}};
}

// The program of the artifact becomes `trunkline` on PATH.
json::Object InstallProgram() {
  return Commands({R"(mkdir -p "$HOME/bin")",
                   R"(install -m 755 "$CODEBUILD_SRC_DIR_Program/bootstrap" "$HOME/bin/trunkline")",
                   R"(export PATH="$HOME/bin:$PATH")", "trunkline version"});
}

json::Object Buildspec(json::Object phases) {
  return {
      {"version", "0.2"}, {"env", json::Object{{"shell", "bash"}}}, {"phases", std::move(phases)}};
}

void AddTests(json::Array& commands, std::string_view kind, const std::vector<std::string>& tests) {
  if (tests.empty()) {
    commands.emplace_back(fmt::format("echo 'no {} tests: none in test.json'", kind));
    return;
  }
  commands.emplace_back(fmt::format("echo '== {} tests'", kind));
  for (const std::string& test : tests) commands.emplace_back(test);
}

json::Object Reports(const center::ProjectTests& tests, std::string_view project) {
  json::Object reports;
  for (const center::TestReport& report : tests.reports) {
    json::Object row{
        {"files", Texts(report.files)},
        {"base-directory", fmt::format("$CODEBUILD_SRC_DIR_Source/amzconnect-{}", project)},
        {"file-format", report.format}};
    reports.Set(report.name, std::move(row));
  }
  return reports;
}

}  // namespace

json::Object SynthBuildspec() {
  json::Object phases{{"install", InstallProgram()}};
  phases.Set("build",
             Commands({R"(trunkline synth -o synth ${TRUNKLINE_ENV:+--env "$TRUNKLINE_ENV"})",
                       R"(if [ "$TRUNKLINE_PROJECT" = contact-flows ]; then )"
                       R"(trunkline flow lint ${TRUNKLINE_ENV:+--env "$TRUNKLINE_ENV"} )"
                       R"(amzconnect-contact-flows/lib/callflows; fi)",
                       fmt::format(R"(if [ -e "synth/$TRUNKLINE_PROJECT.buildspec.json" ]; then )"
                                   R"(cp "synth/$TRUNKLINE_PROJECT.buildspec.json" synth/{}; fi)",
                                   kTestBuildspecFile)}));
  json::Object spec = Buildspec(std::move(phases));
  spec.Set("artifacts", json::Object{{"base-directory", "synth"}, {"files", json::Array{"**/*"}}});
  return spec;
}

json::Object DeliverBuildspec() {
  constexpr std::string_view kTo =
      R"(--env "$TRUNKLINE_ENV" --only "$TRUNKLINE_PROJECT" )"
      R"(--role-arn "$TRUNKLINE_OPERATOR_ROLE" --external-id "$TRUNKLINE_EXTERNAL_ID")";
  json::Object phases{{"install", InstallProgram()}};
  phases.Set(
      "build",
      Commands(
          {fmt::format(R"(if [ "$TRUNKLINE_STEP" = plan ]; then trunkline plan {} --prune )"
                       R"sh(--summary "$HOME/plan" && export {}="$(cat "$HOME/plan")"; fi)sh",
                       kTo, kPlanVariable),
           R"(if [ "$TRUNKLINE_STEP" = deliver ]; then trunkline pipelines wait )"
           R"(--env "$TRUNKLINE_ENV" --project "$TRUNKLINE_PROJECT" --commit "$TRUNKLINE_COMMIT" )"
           R"(--minutes "$TRUNKLINE_WAIT_MINUTES"; fi)",
           R"(case "$TRUNKLINE_STEP-$TRUNKLINE_PROJECT" in deliver-supporting-infra|deliver-lambdas) )"
           R"(trunkline templates deploy --env "$TRUNKLINE_ENV" --region "$TRUNKLINE_REGION" )"
           R"(--only "$TRUNKLINE_PROJECT" --role-arn "$TRUNKLINE_DEPLOY_ROLE" )"
           R"(--stack-role-arn "$TRUNKLINE_STACK_ROLE";; esac)",
           fmt::format(R"(if [ "$TRUNKLINE_STEP" = deliver ] && )"
                       R"([ "$TRUNKLINE_PROJECT" != contact-flows ]; then )"
                       R"(trunkline apply {} --region "$TRUNKLINE_REGION"; fi)",
                       kTo)}));
  json::Object spec = Buildspec(std::move(phases));
  json::Object variables{{"TRUNKLINE_STEP", "deliver"}};
  variables.Set(kPlanVariable, "not planned");
  json::Object env{{"shell", "bash"}};
  env.Set("variables", std::move(variables));
  env.Set("exported-variables", Texts({std::string(kPlanVariable)}));
  spec.Set("env", std::move(env));
  return spec;
}

std::string TestBuildspecFile(std::string_view project) {
  return fmt::format("{}.buildspec.json", project);
}

json::Object TestBuildspec(const center::Center& center, std::string_view project) {
  const center::ProjectTests none;
  const auto own = center.project_tests.find(project);
  const center::ProjectTests& tests = own == center.project_tests.end() ? none : own->second;
  json::Array commands{fmt::format(R"(cd "$CODEBUILD_SRC_DIR_Source/amzconnect-{}")", project)};
  AddTests(commands, "unit", tests.unit);
  AddTests(commands, "integration", tests.integration);
  AddTests(commands, "coverage", tests.coverage);
  json::Object phases;
  if (!tests.runtimes.empty()) {
    json::Object versions;
    for (const auto& [name, version] : tests.runtimes) versions.Set(name, version);
    phases.Set("install", json::Object{{"runtime-versions", std::move(versions)}});
  }
  phases.Set("build", Commands(std::move(commands)));
  json::Object spec = Buildspec(std::move(phases));
  if (!tests.reports.empty()) spec.Set("reports", Reports(tests, project));
  return spec;
}

}  // namespace trunkline::stacks

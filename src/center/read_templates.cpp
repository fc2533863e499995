// What stands in the projects beside the center's own files: users' CloudFormation templates, CDK
// applications.
#include <algorithm>

#include "center/readers.h"

namespace trunkline::center {
namespace {

constexpr std::string_view kTemplateProjects[] = {"supporting-infra", "lambdas"};
constexpr std::string_view kEndings[] = {".template.json", ".template.yaml", ".template.yml"};

bool IsTemplate(std::string_view path) {
  return std::ranges::any_of(kEndings, [&](std::string_view end) { return path.ends_with(end); });
}

// A workshop repository has its functions and its bot's stack as CDK sources. They are replaced or
// read otherwise, and whoever put more into them has to know that it is not delivered.
void SayNotDelivered(Reading& reading, std::string_view project, const std::string& file) {
  const bool declared = !reading.center.functions.empty();
  if (project == "lambdas") {
    reading.Say(
        Severity::kNote, "TL-C015", file,
        "not delivered: the functions of this CDK application, whose sources are not built; "
        "Trunkline's own mapping function is",
        declared ? "" : "declare others in amzconnect-lambdas/functions/<name>/function.json");
  } else {
    reading.Say(
        Severity::kNote, "TL-C015", file,
        "not delivered: the resources of this CDK application, whose sources are not built; "
        "the bots in lib/infra-stack/bots are",
        "");
  }
}

void ReadProject(Reading& reading, std::string_view project) {
  const std::string folder = reading.Path(fmt::format("amzconnect-{}", project));
  if (!reading.files.IsFolder(folder)) return;
  const Result<std::vector<std::string>> paths =
      ListRecursively(reading.files, folder, {"node_modules", ".git", "functions"});
  if (!paths.ok()) {
    // A folder of bots or functions that cannot be listed has been said.
    if (HasErrors(reading.findings)) return;
    return reading.Say(Severity::kError, "TL-C001", folder, paths.error().message());
  }
  bool has_template = false;
  for (const std::string& path : *paths) {
    if (!IsTemplate(path)) continue;
    has_template = true;
    reading.Say(Severity::kNote, "TL-C019", JoinPath(folder, path),
                "the pipelines deploy this template, 'apply' does not",
                "what it makes can be named in flows once it is deployed");
    reading.center.templates.push_back(
        {.project = std::string(project), .file = JoinPath(folder, path)});
  }
  const std::string cdk = JoinPath(folder, "cdk.json");
  if (!reading.files.Exists(cdk)) return;
  reading.center.cdk_applications.push_back({.project = std::string(project), .file = cdk});
  if (!has_template) SayNotDelivered(reading, project, cdk);
}

}  // namespace

void ReadTemplates(Reading& reading) {
  for (const std::string_view project : kTemplateProjects) ReadProject(reading, project);
}

}  // namespace trunkline::center

// Source / CodeStarSourceConnection: a commit of a repository behind a connection.
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/git/archive.h"
#include "cloud/objects.h"
#include "cloud/services/codepipeline/actions/list.h"
#include "cloud/services/codepipeline/artifacts.h"

namespace trunkline::cloud::codepipeline {
namespace {

// The commit the execution was started for, or what the branch means now.
std::string RevisionOf(const ActionOrder& order) {
  return std::string(order.source.GetString("revisionValue", order.Get("BranchName")));
}

std::string Url(const ActionOrder& order, const git::CommitArchive& commit) {
  return fmt::format(
      "https://{0}.console.aws.amazon.com/codesuite/settings/connections/redirect?connectionArn={1}"
      "&referenceType=COMMIT&FullRepositoryId={2}&Commit={3}",
      order.context.region(), order.Get("ConnectionArn"), order.Get("FullRepositoryId"),
      commit.commit_id);
}

void Describe(ActionOutcome& outcome, const ActionOrder& order, const git::CommitArchive& commit) {
  outcome.external_id = commit.commit_id;
  outcome.revision = {
      {"revisionId", commit.commit_id},
      {"revisionSummary",
       json::Write(json::Object{{"ProviderType", "GitHub"}, {"CommitMessage", commit.message}})},
      {"revisionUrl", Url(order, commit)}};
  const std::string branch(order.source.GetString("branch", order.Get("BranchName")));
  outcome.variables = {{"AuthorDate", commit.author_date},
                       {"AuthorDisplayName", commit.author_name},
                       {"AuthorEmail", commit.author_email},
                       {"BranchName", branch},
                       {"CommitId", commit.commit_id},
                       {"CommitMessage", commit.message},
                       {"ConnectionArn", order.Get("ConnectionArn")},
                       {"FullRepositoryName", order.Get("FullRepositoryId")},
                       {"ProviderType", "GitHub"}};
  outcome.variables.SetIfNotEmpty("TagName", order.source.GetString("tag"));
}

// CodeBuild clones the repository itself: the artifact only says which.
std::string Reference(const ActionOrder& order, const git::CommitArchive& commit) {
  return json::Write(json::Object{{"ConnectionArn", order.Get("ConnectionArn")},
                                  {"FullRepositoryId", order.Get("FullRepositoryId")},
                                  {"BranchName", order.Get("BranchName")},
                                  {"CommitId", commit.commit_id}});
}

// The bytes of a staged zip, which goes with the transaction.
Answer<std::string> TakeZip(const ActionOrder& order, const std::string& id) {
  std::string zip;
  const Answer<> taken = order.context.State([&](Context& state) -> Answer<> {
    TL_DO(state.objects.Keep(id));
    TL_TRY(const std::uint64_t size, state.objects.Size(id));
    if (size > kLargestArtifact)
      return ServiceError("JobFailed", "The source artifact is larger than 1 GB.");
    TL_TRY(zip, state.objects.Read(id));
    state.objects.Drop(id);
    return json::Object();
  });
  if (!taken) return taken.error();
  return zip;
}

Answer<std::string> BodyOf(const ActionOrder& order, const git::CommitArchive& commit) {
  if (order.Get("OutputArtifactFormat") != "CODEBUILD_CLONE_REF")
    return TakeZip(order, commit.zip_object);
  order.context.objects().Discard(commit.zip_object);
  return Reference(order, commit);
}

net::aw<ActionOutcome> RunConnectionSource(ActionOrder order) {
  TL_CO_TRY(const git::CommitArchive commit,
            co_await git::ArchiveCommit(order.actor, order.Get("ConnectionArn"),
                                        order.Get("FullRepositoryId"), RevisionOf(order)));
  TL_CO_TRY(std::string body, BodyOf(order, commit));
  TL_CO_TRY(json::Object artifact, co_await PutArtifact(order, OutputName(order), std::move(body)));
  ActionOutcome outcome = ActionOutcome::Success();
  Describe(outcome, order, commit);
  outcome.outputs.emplace_back(std::move(artifact));
  co_return outcome;
}

constexpr Setting kSettings[] = {{"ConnectionArn", true},
                                 {"FullRepositoryId", true},
                                 {"BranchName", true},
                                 {"OutputArtifactFormat", false},
                                 {"DetectChanges", false}};

}  // namespace

constinit const ActionKind kConnectionSourceAction{.category = "Source",
                                                   .provider = "CodeStarSourceConnection",
                                                   .settings = kSettings,
                                                   .inputs = {0, 0},
                                                   .outputs = {1, 1},
                                                   .time_limit = std::chrono::hours(1),
                                                   .run = RunConnectionSource};

}  // namespace trunkline::cloud::codepipeline

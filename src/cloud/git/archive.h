// What a source action and a build take from a repository: the files of a commit as a zip, or a
// clone with its history.
//
// A connection is named by its ARN (either prefix); without one the repository is looked up among
// those this cloud serves. Errors are for people and become an action's `errorDetails`: their codes
// are those of ActionExecution (ConfigurationError, PermissionError, JobFailed).
#pragma once

#include <string>

#include "cloud/operation.h"
#include "cloud/wait.h"
#include "net/async.h"

namespace trunkline::cloud::git {

struct CommitArchive {
  std::string zip_object;  // staged in Objects: Keep it in a transaction, or Discard it
  std::string commit_id;
  std::string message;
  std::string author_name;
  std::string author_email;
  std::string author_date;  // ISO 8601, UTC: AuthorDate of a source action
  std::string branch;       // empty when `revision` was a commit or a tag
};

// The files of a commit as a zip without .git: sorted, without times, so that the same commit gives
// the same bytes; executable bits and symbolic links are kept, submodules are left out. `revision`
// is a branch, a tag or a commit id, in this order.
net::aw<Answer<CommitArchive>> ArchiveCommit(WaitContext context, std::string connection_arn,
                                             std::string full_repository_id, std::string revision);

// The same commit, checked out in `folder` (which must be empty or missing) of a clone with all of
// its history. The answer is the commit's id. The clone's `origin` is the URL under which this
// cloud serves the repository.
net::aw<Answer<std::string>> CloneCommit(WaitContext context, std::string connection_arn,
                                         std::string full_repository_id, std::string revision,
                                         std::string folder);

// The commit that `revision` means now.
net::aw<Answer<std::string>> ResolveCommit(WaitContext context, std::string connection_arn,
                                           std::string full_repository_id, std::string revision);

}  // namespace trunkline::cloud::git

// Where a connection's repository is, as a folder that git reads. For cloud/git/archive.cpp.
#pragma once

#include <string>

#include "cloud/engine.h"
#include "cloud/operation.h"
#include "net/async.h"

namespace trunkline::cloud::git {

struct Source {
  std::string git_dir;
  std::string provider;  // "GitHub": for messages
  std::string url;       // under which a build may reach it
};

// Of a host at an address of this machine, a mirror that is fetched anew each time. An empty
// `connection_arn` means what this cloud itself serves. Errors as in cloud/git/archive.h.
net::aw<Answer<Source>> FindSource(Engine& engine, std::string connection_arn,
                                   std::string full_name);

}  // namespace trunkline::cloud::git

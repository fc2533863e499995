// The recordings of prompts: fetched from Amazon Connect, and kept in the storage bucket by their
// hash, from where Amazon Connect takes them.
#pragma once

#include <string>

#include "base/result.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

// The recording that the prompt plays now (GetPromptFile, and what its URL leads to). kNotFound:
// the service has none, as of prompts that came with the instance.
net::aw<Result<std::string>> AudioOfPrompt(Session& session, std::string prompt_id);

// The key in the storage bucket of a recording with these bytes.
std::string AudioKey(std::string_view audio);
// "s3://<bucket>/<key>", as CreatePrompt takes it.
std::string AudioUri(const Target& target, std::string_view key);

// Puts a recording into the bucket unless it is there; its key, and whether it was put.
struct KeptAudio {
  std::string key;
  bool put = false;
};
net::aw<Result<KeptAudio>> KeepAudio(Session& session, std::string audio);
// What is gone already is fine.
net::aw<Result<void>> ForgetAudio(Session& session, std::string key);

}  // namespace trunkline::deploy

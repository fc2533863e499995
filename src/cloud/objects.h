// Objects: bodies too large for a record, as files: S3 objects and parts, function code, prompts.
//
// Two steps keep files and rows together. Stage writes the bytes under a temporary name; it touches
// no state, so worker threads may call it. Keep, in a transaction, gives the file its name and the
// store a row; when the transaction is undone, or the process dies before it ends, the file goes.
// Drop removes the row, and the file after the commit. At start, files without a row are removed.
// Without a data folder the files live in a private temporary folder that goes with the store, so
// that large bodies do not fill the memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cloud/store.h"
#include "net/http.h"

namespace trunkline::cloud {

class Objects {
 public:
  // `store` must outlive it. Makes the folder when missing.
  static Result<std::unique_ptr<Objects>> Open(Store& store, std::string folder);
  ~Objects();
  Objects(const Objects&) = delete;
  Objects& operator=(const Objects&) = delete;

  // Any thread. The answer is the new object's id; nothing refers to it until Keep.
  Result<std::string> Stage(std::string_view bytes);
  // Any thread: one object from many, in order, without having them in memory.
  Result<std::string> StageJoined(const std::vector<std::string>& ids);
  // For a staged object that will not be kept.
  void Discard(const std::string& id);

  // In a transaction of the store.
  Result<void> Keep(const std::string& id);
  void Drop(const std::string& id);
  // Stage and Keep at once, for small bodies.
  Result<std::string> Put(std::string_view bytes);

  // Any thread; a staged object can be read as well as a kept one. kNotFound: no such object.
  Result<std::string> Read(const std::string& id) const;
  Result<std::string> ReadRange(const std::string& id, std::uint64_t offset,
                                std::uint64_t length) const;
  Result<std::uint64_t> Size(const std::string& id) const;
  // To be sent by the server without reading it into memory; for Reply::file.
  net::FileBody AsBody(const std::string& id, std::uint64_t offset, std::uint64_t length) const;
  std::string Path(const std::string& id) const;

  Result<void> Reset();  // forgets everything; call after Store::Reset

 private:
  struct State;
  explicit Objects(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace trunkline::cloud

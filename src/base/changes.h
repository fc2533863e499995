// Waiting until files change, passed in: DiskChanges looks at the disk, tests have a script.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace trunkline {

class Changes {
 public:
  virtual ~Changes() = default;
  // Returns when a file was made, written or removed since the call before (the first: since this
  // was made), and files then kept still. False: it was to stop.
  virtual bool Wait() = 0;
};

// Looks at times and sizes of every file below the folders, again and again; folders named in
// `skip` and links to folders are not entered.
class DiskChanges final : public Changes {
 public:
  // `stop` ends a wait; it outlives this.
  DiskChanges(std::vector<std::string> folders, std::vector<std::string> skip,
              std::chrono::milliseconds pause, const bool* stop);
  bool Wait() override;
  // Looks once: whether something changed since the look before.
  bool Look();

 private:
  struct Stamp {
    std::int64_t time = 0;  // nanoseconds
    std::uintmax_t size = 0;
    bool operator==(const Stamp&) const = default;
  };
  using Seen = std::map<std::string, Stamp>;  // by path

  Seen SeeNow() const;

  std::vector<std::string> folders_, skip_;
  std::chrono::milliseconds pause_;
  const bool* stop_;
  Seen last_;
};

}  // namespace trunkline

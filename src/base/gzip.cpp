#include "base/gzip.h"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace trunkline {
namespace {

// Frees what inflateInit2 took, on every way out.
class Inflater {
 public:
  Inflater() { ready_ = inflateInit2(&stream_, kGzipOnly) == Z_OK; }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  bool ready() const { return ready_; }
  z_stream& stream() { return stream_; }

 private:
  static constexpr int kGzipOnly = 16 + MAX_WBITS;  // zlib.h: add 16 to expect a gzip header
  z_stream stream_{};
  bool ready_ = false;
};

}  // namespace

Result<std::string> Gunzip(std::string_view bytes, std::uint64_t limit) {
  Inflater inflater;
  if (!inflater.ready()) return Error(ErrorKind::kUnreached, "zlib cannot be started");
  z_stream& stream = inflater.stream();
  std::string out;
  std::array<unsigned char, 64U << 10U> buffer{};
  constexpr std::size_t kStep = 1U << 30U;  // zlib counts in unsigned
  int state = Z_OK;
  while (state == Z_OK && !(bytes.empty() && stream.avail_in == 0)) {
    if (stream.avail_in == 0) {
      // zlib does not write to its input.
      stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
      stream.avail_in = static_cast<unsigned>(std::min(bytes.size(), kStep));
      bytes.remove_prefix(stream.avail_in);
    }
    stream.next_out = buffer.data();
    stream.avail_out = buffer.size();
    state = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = buffer.size() - stream.avail_out;
    if (out.size() + got > limit) {
      return Error(ErrorKind::kInvalid, "the gzip data unpacks to more than {} bytes", limit);
    }
    out.append(reinterpret_cast<const char*>(buffer.data()), got);
  }
  if (state != Z_STREAM_END) return Error(ErrorKind::kInvalid, "the gzip data is damaged");
  return out;
}

}  // namespace trunkline

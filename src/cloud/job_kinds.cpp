#include "cloud/job_kinds.h"

namespace trunkline::cloud {

std::span<const JobKind* const> AllJobKinds() {
#define TL_ADDRESS_OF_JOB(name) &k##name##Job,
  static constexpr const JobKind* kKinds[] = {TL_CLOUD_JOBS(TL_ADDRESS_OF_JOB)};
#undef TL_ADDRESS_OF_JOB
  return kKinds;
}

}  // namespace trunkline::cloud

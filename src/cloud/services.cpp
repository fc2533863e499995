#include "cloud/services.h"

namespace trunkline::cloud {

std::span<const Service* const> AllServices() {
#define TL_ADDRESS_OF_SERVICE(name) &k##name##Service,
  static constexpr const Service* kServices[] = {TL_CLOUD_SERVICES(TL_ADDRESS_OF_SERVICE)};
#undef TL_ADDRESS_OF_SERVICE
  return kServices;
}

}  // namespace trunkline::cloud

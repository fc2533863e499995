// Overloaded: one lambda per alternative of a variant.
//
//   std::visit(Overloaded{[&](const Say& say) { ... }, [&](const Ended& ended) { ... }},
//   effect.what);
//
// Without a catch-all lambda the compiler names every visit that a new alternative breaks: leave it
// out on purpose.
#pragma once

namespace trunkline {

template <class... Lambdas>
struct Overloaded : Lambdas... {
  using Lambdas::operator()...;
};
template <class... Lambdas>
Overloaded(Lambdas...) -> Overloaded<Lambdas...>;

}  // namespace trunkline

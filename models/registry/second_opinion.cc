#include "models/registry/second_opinion.h"

#include <stdexcept>

namespace doorway {

SecondOpinion OpinionOf(const RelacyResult& result) {
  if (!result.refused.empty()) throw std::invalid_argument(result.refused);
  SecondOpinion opinion;
  opinion.error_found = result.error_found;
  opinion.what = result.what;
  opinion.claim = result.claim;
  opinion.iterations = result.iterations;
  opinion.seconds = result.seconds;
  opinion.exhaustive = result.exhaustive;
  opinion.bound = result.bound;
  return opinion;
}

}  // namespace doorway

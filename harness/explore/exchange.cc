#include "harness/explore/exchange.h"

namespace doorway {

bool Exchange::MayMove(LocationId from, LocationId to) {
  if (moved.contains(from) || moved.contains(to)) return Image(from) == to;
  if (from == to) {
    fixed.insert(from);
    return true;
  }
  moved[from] = to;
  moved[to] = from;
  if (fixed.contains(from) || fixed.contains(to)) throw LocationMoves();
  return true;
}

}  // namespace doorway

#pragma once

// Small numbers for real threads, as locks with a place for each thread want them.

namespace doorway {

// How many threads may have a number at a time.
inline constexpr int kMaxThreadIndices = 1024;

// The number of this thread, from 0: the smallest that no living thread has, taken at the first call and given back
// when the thread ends. Cost: a look at a thread-local variable. Aborts if there is none left.
int ThreadIndex();

}  // namespace doorway

#pragma once

#include <string>

namespace doorway {

// "file.h:42" of an instruction of this program, by addr2line and the program's line tables; "" if it can't be found.
std::string SourceLine(const void* instruction);

}  // namespace doorway

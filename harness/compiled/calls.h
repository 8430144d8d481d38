#pragma once

// Where a function that compiled code calls was called.
#define DOORWAY_CALLER __builtin_extract_return_addr(__builtin_return_address(0))

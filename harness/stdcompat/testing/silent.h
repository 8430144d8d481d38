#pragma once

// Accesses by code that is compiled without -fsanitize=thread, which tells of none.
void SilentlyWrite(int* number, int value);

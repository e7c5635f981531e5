/** Learning a stream of experiences: its plan, its trainer, where it stands, and its checkpoint. */
package org.raphe.training;

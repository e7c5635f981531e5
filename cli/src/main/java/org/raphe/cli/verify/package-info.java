/** What {@code raphe verify} checks on a backend, and what it says of it. */
package org.raphe.cli.verify;

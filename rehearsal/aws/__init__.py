"""The embedded AWS: moto, plus what moto lacks, one file per AWS service. Each names the AWS page it follows."""
